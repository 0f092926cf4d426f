import assert from "node:assert/strict";
import { missingReleases } from "../../../../cli/destroy/missing-release";
import type { StateResource } from "../../../../cli/stack/state";

/** A kubectl that knows the Secrets of releases, by namespace/name. */
function kubectlWith(...releases: string[]) {
  return {
    run: (args: readonly string[]) => {
      const [namespace = "", selector = ""] = [args[3], args[5]];
      const name = /name=(.*)$/.exec(selector)?.[1] ?? "";
      const found = releases.includes(`${namespace}/${name}`);
      const stdout = found ? `secret/sh.helm.release.v1.${name}.v1\n` : "";
      return Promise.resolve({ code: 0, stdout, stderr: "" });
    },
  };
}

describe("releases that the state has and the cluster hasn't", () => {
  const release: StateResource = {
    urn: "urn:release",
    type: "kubernetes:helm.sh/v3:Release",
    id: "mine/todo",
  };
  const namespace: StateResource = { urn: "urn:namespace", type: "kubernetes:core/v1:Namespace" };
  const missing = (resources: StateResource[], ...releases: string[]) =>
    missingReleases({ resources }, kubectlWith(...releases));

  it("are those without a revision in their namespace", async () => {
    assert.deepEqual(await missing([release, namespace]), ["urn:release"]);
    assert.deepEqual(await missing([release, namespace], "mine/todo"), []);
    assert.deepEqual(await missing([release, namespace], "other/todo"), ["urn:release"]);
  });

  it("don't count where Pulumi deletes them with the namespace that the stack created", async () => {
    const deleted = { ...release, deletedWith: namespace.urn };
    assert.deepEqual(await missing([deleted, namespace]), []);
    // A namespace that the stack has let go of stays.
    assert.deepEqual(await missing([deleted, { ...namespace, external: true }]), ["urn:release"]);
  });

  it("are none where the user may not look", async () => {
    const run = () => Promise.resolve({ code: 1, stdout: "", stderr: "Forbidden" });
    assert.deepEqual(await missingReleases({ resources: [release] }, { run }), []);
  });
});
