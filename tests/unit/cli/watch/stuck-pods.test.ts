import assert from "node:assert/strict";
import { stuckPods } from "../../../../cli/watch/stuck-pods";
import { ownedPod, snapshot, statefulSet } from "../../../support/snapshots";

/** A pod of the StatefulSet, of a revision, that is ready or isn't. */
function pod(revision: string, ready: boolean, deletionTimestamp?: string) {
  const conditions = [{ type: "Ready", status: ready ? "True" : "False" }];
  const made = ownedPod("set", { conditions }, deletionTimestamp);
  const labels = { "controller-revision-hash": revision };
  return { ...made, metadata: { ...made.metadata, labels } };
}

describe("pods that keep a StatefulSet from its new revision", () => {
  const stuck = (...pods: ReturnType<typeof pod>[]) =>
    stuckPods(
      snapshot({ controllers: [statefulSet({ updateRevision: "new" })], pods }),
      "todo-app",
    ).map(({ metadata }) => metadata.labels?.["controller-revision-hash"]);

  it("are of an older revision, and aren't ready", () => {
    assert.deepEqual(stuck(pod("old", false)), ["old"]);
    assert.deepEqual(stuck(pod("old", true), pod("new", false), pod("new", true)), []);
  });

  it("aren't those that end already, or belong to others", () => {
    assert.deepEqual(stuck(pod("old", false, "2026-01-01T00:00:00Z")), []);
    const controllers = [statefulSet({ updateRevision: "new" })];
    const pods = [pod("old", false)];
    assert.deepEqual(stuckPods(snapshot({ controllers, pods }), "another"), []);
    assert.deepEqual(stuckPods(snapshot({ controllers: [statefulSet({})], pods }), "todo-app"), []);
  });
});
