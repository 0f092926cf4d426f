import assert from "node:assert/strict";
import { isAvailable } from "../../../../offline/minikube/addons";

describe("the addons of a new cluster", () => {
  it("are those that need no download", () => {
    const addons = ["metrics-server", "ingress", "dashboard"];
    assert.deepEqual(addons.filter(isAvailable), ["metrics-server"]);
  });
});
