import assert from "node:assert/strict";
import { isHealthy, obstaclesIn } from "../../../../cli/watch/obstacles";
import { type ClusterEvent, parseSnapshot, type Snapshot } from "../../../../cli/watch/snapshot";
import {
  migrationJob,
  ownedPod,
  replicaSet,
  snapshot,
  statefulSet,
  warning,
} from "../../../support/snapshots";

const now = new Date("2026-01-01T00:10:00Z");
/** The API server's words, from the events of a real cluster. */
const LIMITS = "is forbidden: maximum cpu usage per Container is 200m, but limit is 500m";
const ready = { phase: "Running", conditions: [{ type: "Ready", status: "True" }] };
const waiting = (reason: string, message: string) => ({
  phase: "Pending",
  containerStatuses: [{ name: "backend", state: { waiting: { reason, message } } }],
});
const unready = (since: string) => ({
  phase: "Running",
  conditions: [{ type: "Ready", status: "False", lastTransitionTime: since }],
  containerStatuses: [{ name: "backend", ready: false, state: { running: {} } }],
});

describe("obstacles of an update", () => {
  const texts = (parts: Partial<Snapshot>) =>
    obstaclesIn(snapshot(parts), "todo-app", now).map(({ text }) => text);

  it("are what the API server refuses to a Job, which has no condition for it", () => {
    const event = warning(
      "job",
      "FailedCreate",
      `Error creating: pods "todo-migration-x" ${LIMITS}`,
    );
    assert.deepEqual(texts({ controllers: [migrationJob({})], events: [event] }), [
      `Job todo-migration: Error creating: pods "todo-migration-x" ${LIMITS}`,
    ]);
    assert.deepEqual(texts({ controllers: [migrationJob({ active: 1 })], events: [event] }), []);
    assert.deepEqual(texts({ controllers: [migrationJob({ succeeded: 1 })], events: [event] }), []);
  });
  it("are what the API server refuses to a StatefulSet, in its newest words", () => {
    const events = [
      warning("set", "FailedCreate", "new", { at: "2026-01-01T00:09:00Z" }),
      warning("set", "FailedCreate", "old", { at: "2026-01-01T00:01:00Z" }),
    ];
    assert.deepEqual(texts({ controllers: [statefulSet({ replicas: 0 })], events }), [
      "StatefulSet todo-postgres: new",
    ]);
    assert.deepEqual(texts({ controllers: [statefulSet({ replicas: 1 })], events }), []);
  });
  it("are what the API server refuses to the newest ReplicaSet of a Deployment", () => {
    const conditions = [
      {
        type: "ReplicaFailure",
        status: "True",
        reason: "FailedCreate",
        message: `pods "x" ${LIMITS}`,
      },
    ];
    const old = replicaSet("one", "1", { replicas: 0, conditions });
    assert.deepEqual(texts({ controllers: [old] }), [
      `Deployment todo-backend: pods "x" ${LIMITS}`,
    ]);
    const newer = replicaSet("two", "2", { replicas: 1 });
    assert.deepEqual(texts({ controllers: [old, newer] }), []);
  });
  it("are the pods of the newest version that fail, and not those that are ready or go", () => {
    const controllers = [
      replicaSet("one", "9", { replicas: 1 }),
      replicaSet("two", "10", { replicas: 1 }),
    ];
    const broken = waiting("InvalidImageName", "must be lowercase");
    const pods = [ownedPod("one", broken), ownedPod("two", broken)];
    assert.deepEqual(texts({ controllers, pods }), [
      "todo-app/two-pod: InvalidImageName: must be lowercase",
    ]);
    assert.deepEqual(texts({ controllers, pods: [ownedPod("two", ready)] }), []);
    assert.deepEqual(texts({ controllers, pods: [ownedPod("two", broken, "2026-01-01")] }), []);
  });
  it("are pods that aren't ready for 30 s since they last were, in their probe's words", () => {
    const controllers = [replicaSet("two", "2", { replicas: 1 })];
    const probe = warning(
      "two-pod",
      "Unhealthy",
      "Readiness probe failed: HTTP probe failed with statuscode: 503",
    );
    const pods = [ownedPod("two", unready("2026-01-01T00:09:00Z"))];
    assert.deepEqual(texts({ controllers, pods, events: [probe] }), [
      "todo-app/two-pod: not ready for 60 s: its readiness probe fails: Readiness probe failed: HTTP probe failed with statuscode: 503",
    ]);
    const restarted = [ownedPod("two", unready("2026-01-01T00:09:50Z"))];
    assert.deepEqual(texts({ controllers, pods: restarted, events: [probe] }), []);
  });
  it("belong to the stack's release alone", () => {
    const parts = {
      controllers: [migrationJob({})],
      events: [warning("job", "FailedCreate", "no")],
    };
    assert.equal(obstaclesIn(snapshot(parts), "todo-app", now).length, 1);
    assert.deepEqual(obstaclesIn(snapshot(parts), "other", now), []);
  });
  it("are new where the object is, or where the API server refuses again", () => {
    const look = (events: ClusterEvent[], before: Partial<Snapshot>) =>
      obstaclesIn(
        snapshot({ controllers: [statefulSet({ replicas: 0 })], events }),
        "todo-app",
        now,
        snapshot(before),
      ).map(({ isNew }) => isNew);
    const once = [warning("set", "FailedCreate", "no")];
    const twice = [warning("set", "FailedCreate", "no", { count: 2 })];
    const before = { controllers: [statefulSet({ replicas: 0 })], events: once };
    assert.deepEqual(look(once, {}), [true]);
    assert.deepEqual(look(once, before), [false]);
    assert.deepEqual(look(twice, before), [true]);
  });
  it("are none of a controller that has its pods", () => {
    assert.equal(isHealthy(statefulSet({ replicas: 1, readyReplicas: 1 })), true);
    assert.equal(isHealthy(statefulSet({ replicas: 1 })), false);
    // A rollback scales the broken ReplicaSet to 0, which heals nothing.
    assert.equal(isHealthy(replicaSet("one", "1", { replicas: 0 }, 0)), false);
    assert.equal(isHealthy(migrationJob({ succeeded: 1 })), true);
  });
});

describe("a snapshot", () => {
  it("sorts the objects by kind, and is empty where kubectl prints none", () => {
    const items = [migrationJob({}), warning("job", "FailedCreate", "x"), ownedPod("job", ready)];
    const { controllers, events, pods } = parseSnapshot(JSON.stringify({ items }));
    assert.deepEqual([controllers.length, events.length, pods.length], [1, 1, 1]);
    assert.deepEqual(parseSnapshot(""), { controllers: [], events: [], pods: [] });
  });
});
