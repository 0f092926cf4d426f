import assert from "node:assert/strict";
import { goesWithAnother, missingReleases } from "../../../../cli/stack/missing-releases";
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
  const resources = [release, namespace];

  it("are those without a revision in their namespace", async () => {
    const missing = (...releases: string[]) =>
      missingReleases({ resources }, kubectlWith(...releases));
    assert.deepEqual(await missing(), [release]);
    assert.deepEqual(await missing("mine/todo"), []);
    assert.deepEqual(await missing("other/todo"), [release]);
  });

  it("are none where the user may not look", async () => {
    const run = () => Promise.resolve({ code: 1, stdout: "", stderr: "Forbidden" });
    assert.deepEqual(await missingReleases({ resources }, { run }), []);
  });

  it("go with the namespace that the stack created, but not with one that it has let go of", () => {
    const deleted = { ...release, deletedWith: namespace.urn };
    const state = (external: boolean) => ({ resources: [deleted, { ...namespace, external }] });
    assert.ok(goesWithAnother(state(false), deleted));
    assert.ok(!goesWithAnother(state(true), deleted));
    assert.ok(!goesWithAnother({ resources }, release));
  });
});
