import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { Snapshot } from "../../../../cli/watch/snapshot";
import { UpdateWatch } from "../../../../cli/watch/update-watch";
import { parseSettings } from "../../../../settings";
import { Folder } from "../../../support/folder";
import {
  migrationJob,
  ownedPod,
  replicaSet,
  snapshot,
  statefulSet,
  warning,
} from "../../../support/snapshots";
import { target } from "../../../support/target";

const LIMITS = 'pods "x" is forbidden: maximum cpu usage per Container is 200m, but limit is 500m';
const QUOTA = 'pods "x" is forbidden: exceeded quota: compute, requested: pods=1';
const refused = (message: string): Partial<Snapshot> => ({
  controllers: [migrationJob({})],
  events: [warning("job", "FailedCreate", message)],
});
const crashing = {
  phase: "Running",
  containerStatuses: [
    {
      name: "backend",
      state: { waiting: { reason: "CrashLoopBackOff", message: "back-off 10s" } },
    },
  ],
};

describe("the watch of an update", () => {
  let folder: Folder;
  beforeEach(() => (folder = new Folder()));
  afterEach(() => {
    folder.remove();
  });

  /** Watches an update of one resource; each look is 5 s after the one before. */
  async function watch(
    type: string,
    name: string,
    looks: readonly Partial<Snapshot>[],
    before: Partial<Snapshot> = {},
  ): Promise<{
    lines: string[];
    ended: number;
    left: string[];
    retried: string[];
    replaced: string[];
  }> {
    const log = folder.write("events.json", "");
    const retried: string[] = [];
    const replaced: string[] = [];
    const lines: string[] = [];
    let [seen, ended] = [-1, 0];
    const environment = { settings: parseSettings({}), target, tools: {}, env: {} };
    const follower = new UpdateWatch(
      environment,
      { say: (line) => lines.push(line) },
      {
        intervalMs: 1,
        prints: true,
        now: () => new Date(Date.UTC(2026, 0, 1) + seen * 5000),
        look: () => {
          seen++;
          const now = seen === 0 ? before : looks[Math.min(seen, looks.length) - 1];
          return Promise.resolve(snapshot(now ?? {}));
        },
        retry: ({ kind, name: controller }) =>
          Promise.resolve(void retried.push(`${kind} ${controller}`)),
        replace: (pod) => Promise.resolve(void replaced.push(pod)),
      },
    );
    follower.start(log, () => ended++);
    const metadata = { op: "create", urn: "a", type, new: { inputs: { metadata: { name } } } };
    appendFileSync(log, `${JSON.stringify({ resourcePreEvent: { metadata } })}\n`);
    while (seen < looks.length + 1) await pause(1);
    await follower.stop();
    return { lines, ended, left: follower.obstacles.map(({ text }) => text), retried, replaced };
  }
  const release = ["kubernetes:helm.sh/v3:Release", "todo-app"] as const;
  const deployment = ["kubernetes:apps/v1:Deployment", "todo-backend"] as const;
  const text = `Job todo-migration: ${LIMITS}`;

  it("says at once what the API server refuses, and ends the update after seconds", async () => {
    const { lines, ended, left } = await watch(...release, Array(5).fill(refused(LIMITS)));
    assert.equal(ended, 1);
    assert.deepEqual(lines, [
      `! ${text}`,
      `✗ ${text}`,
      "· Waiting doesn't change this, so the update is ended now, in order.",
    ]);
    assert.deepEqual(left, [text]);
  });
  it("leaves an update alone whose obstacle is gone in time", async () => {
    const gone = { controllers: [migrationJob({ active: 1 })], events: refused(LIMITS).events };
    const { ended, left } = await watch(...release, [refused(LIMITS), gone, gone, gone]);
    assert.deepEqual([ended, left], [0, []]);
  });
  it("waits for a quota while pods are being deleted, and 30 s longer", async () => {
    const going = { ...refused(QUOTA), pods: [ownedPod("other", crashing, "2026-01-01")] };
    assert.equal((await watch(...release, Array(12).fill(going))).ended, 0);
    assert.equal((await watch(...release, Array(12).fill(refused(QUOTA)))).ended, 1);
  });
  it("waits for a quota while another rollout of the stack goes on", async () => {
    const other = (status: Snapshot["pods"][number]["status"]) => ({
      controllers: [...(refused(QUOTA).controllers ?? []), replicaSet("two", "2", { replicas: 1 })],
      events: refused(QUOTA).events,
      pods: [ownedPod("two", status)],
    });
    const ended = async (look: Partial<Snapshot>) =>
      (await watch(...release, Array<object>(12).fill(look))).ended;
    assert.equal(await ended(other({ phase: "Pending" })), 0);
    const starting = { type: "Ready", status: "False", lastTransitionTime: "2026-01-01T00:01:00Z" };
    assert.equal(await ended(other({ phase: "Running", conditions: [starting] })), 0);
    const done = { type: "Ready", status: "True" };
    assert.equal(await ended(other({ phase: "Running", conditions: [done] })), 1);
    assert.equal(await ended(other(crashing)), 1);
    const foreign = { ...refused(QUOTA), pods: [ownedPod("another", { phase: "Pending" })] };
    assert.equal(await ended(foreign), 1);
    const job = {
      ...refused(QUOTA),
      controllers: [migrationJob({}), migrationJob({ active: 1 }, "b")],
    };
    const running = ownedPod("b", { phase: "Running", conditions: [done] });
    assert.equal(await ended({ ...job, pods: [running] }), 0);
  });
  it("makes a controller try again that was refused before, and waits for its answer", async () => {
    const once = refused(LIMITS);
    const twice = { ...once, events: [warning("job", "FailedCreate", LIMITS, { count: 2 })] };
    const waiting = await watch(...release, Array<object>(6).fill(once), once);
    assert.deepEqual([waiting.retried, waiting.ended], [["Job todo-migration"], 0]);
    assert.deepEqual(waiting.left, [text]);
    const again = await watch(...release, [once, ...Array<object>(6).fill(twice)], once);
    assert.deepEqual([again.retried.length, again.ended], [1, 1]);
  });
  it("replaces a failing pod once that keeps a StatefulSet from its new revision", async () => {
    const old = ownedPod("set", crashing);
    const labels = { "controller-revision-hash": "old" };
    const failing = {
      controllers: [statefulSet({ updateRevision: "new" })],
      pods: [{ ...old, metadata: { ...old.metadata, labels } }],
    };
    const set = ["kubernetes:apps/v1:StatefulSet", "todo-postgres"] as const;
    const { replaced, lines } = await watch(...set, Array(3).fill(failing));
    assert.deepEqual(replaced, ["set-pod"]);
    assert.match(lines.join("\n"), /· The pod set-pod isn't ready, and keeps its StatefulSet from/);
    assert.deepEqual((await watch(...deployment, Array(3).fill(failing))).replaced, []);
  });
  it("reads the update's own log, which replaces that of its preview, whatever their lengths", async () => {
    for (const padding of [5000, 0]) {
      const log = folder.write("events.json", "");
      const ended: string[] = [];
      const environment = { settings: parseSettings({}), target, tools: {}, env: {} };
      const look = (): Promise<Snapshot> => Promise.resolve(snapshot(refused(LIMITS)));
      let now = 0;
      const follower = new UpdateWatch(
        environment,
        { say: () => undefined },
        { intervalMs: 1, prints: false, now: () => new Date((now += 5000)), look },
      );
      const event = (timestamp: number, more: object): string =>
        `${JSON.stringify({ sequence: 0, timestamp, ...more })}\n`;
      folder.write("events.json", event(1, { diagnosticEvent: { message: "x".repeat(padding) } }));
      follower.start(log, () => ended.push("ended"));
      await pause(20);
      const metadata = { op: "update", urn: "a", type: release[0], new: {} };
      folder.write("events.json", event(2, { resourcePreEvent: { metadata } }) + event(2, {}));
      await pause(60);
      await follower.stop();
      assert.deepEqual([ended, follower.obstacles.length], [[], 1], String(padding));
    }
  });
  it("doesn't count what no operation waits for", async () => {
    const { lines, ended, left } = await watch(...deployment, Array(5).fill(refused(LIMITS)));
    assert.deepEqual([lines, ended, left], [[], 0, []]);
  });
  it("never ends an update for a container that crashes, and remembers it while it runs again", async () => {
    const controllers = [replicaSet("two", "2", { replicas: 1 })];
    const crashed = { controllers, pods: [ownedPod("two", crashing)] };
    const { ended, left } = await watch(...deployment, [
      crashed,
      crashed,
      crashed,
      { controllers },
    ]);
    assert.equal(ended, 0);
    assert.deepEqual(left, ["todo-app/two-pod: CrashLoopBackOff: back-off 10s"]);
  });
  it("remembers what Helm has deleted, and forgets what got ready", async () => {
    assert.equal((await watch(...release, [refused(LIMITS), {}, {}])).left.length, 1);
    const crashed = {
      controllers: [replicaSet("two", "2", { replicas: 1 })],
      pods: [ownedPod("two", crashing)],
    };
    const healthy = { controllers: [replicaSet("two", "2", { replicas: 1, readyReplicas: 1 })] };
    assert.deepEqual((await watch(...deployment, [crashed, healthy])).left, []);
  });
});
