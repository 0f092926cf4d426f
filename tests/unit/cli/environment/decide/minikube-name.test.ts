import assert from "node:assert/strict";
import { whyNotMinikube } from "../../../../../cli/environment/decide/minikube-name";

describe("a context that isn't there", () => {
  it("becomes a Minikube profile of its name", () => {
    assert.equal(whyNotMinikube("minikube", []), undefined);
    assert.equal(whyNotMinikube("todo-e2e", []), undefined);
  });
  for (const name of ["kind-dev", "docker-desktop", "gke_p_z_c", "admin@cluster", "a b"]) {
    it(`doesn't where it is "${name}"`, () => {
      assert.ok(whyNotMinikube(name, []));
    });
  }
  it("doesn't where the settings allow it as a remote cluster", () => {
    assert.match(whyNotMinikube("prod", ["prod"]) ?? "", /allowedContexts/);
  });
});
