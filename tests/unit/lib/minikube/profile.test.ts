import assert from "node:assert/strict";
import { join } from "node:path";
import { minikubeHome } from "../../../../lib/minikube/profile";

describe("Minikube's folder", () => {
  it("is named by a variable with two forms", () => {
    assert.equal(minikubeHome({}, "/h"), join("/h", ".minikube"));
    assert.equal(minikubeHome({ MINIKUBE_HOME: "/m" }, "/h"), join("/m", ".minikube"));
    assert.equal(minikubeHome({ MINIKUBE_HOME: "/m/.minikube" }, "/h"), "/m/.minikube");
  });
});
