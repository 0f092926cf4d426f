import assert from "node:assert/strict";
import { askCluster } from "../../../../cli/stack/live-cluster";

/** A kubectl for a cluster with these namespaces; the UID null: it may not be read. */
function kubectl(uids: Record<string, string | null>, ready = true) {
  return {
    run: ([, , name = ""]: readonly string[]) =>
      Promise.resolve(
        uids[name] === null
          ? { code: 1, stdout: "", stderr: "namespaces is forbidden" }
          : { code: 0, stdout: uids[name] ?? "", stderr: "" },
      ),
    ready: () => Promise.resolve(ready),
  };
}

describe("a running cluster", () => {
  it("tells the UIDs of kube-system and of the recorded namespaces", async () => {
    const live = await askCluster(kubectl({ "kube-system": "s", app: "a" }), ["app", "gone"]);
    assert.deepEqual(live, {
      state: "running",
      uid: "s",
      namespaces: new Map([
        ["app", "a"],
        ["gone", undefined],
      ]),
    });
  });
  it("leaves out what the user may not read", async () => {
    const live = await askCluster(kubectl({ "kube-system": null, app: null, b: "b" }), [
      "app",
      "b",
    ]);
    assert.deepEqual(live, { state: "running", uid: undefined, namespaces: new Map([["b", "b"]]) });
  });
  it("is silent where nothing can be read and it isn't ready", async () => {
    const nothing = { "kube-system": null };
    assert.equal((await askCluster(kubectl(nothing), [])).state, "running");
    assert.equal((await askCluster(kubectl(nothing, false), [])).state, "silent");
  });
});
