import assert from "node:assert/strict";
import { parseNames } from "../../../../cli/destroy/leftovers";

describe("what is left after a destroy", () => {
  it("leaves out what the cluster creates in every namespace", () => {
    const output =
      "configmap/kube-root-ca.crt\nserviceaccount/default\nevent/x\nsecret/sh.helm.release.v1.todo-app.v1\n\n";
    assert.deepEqual(parseNames(output), [
      { kind: "secret", name: "sh.helm.release.v1.todo-app.v1" },
    ]);
  });
});
