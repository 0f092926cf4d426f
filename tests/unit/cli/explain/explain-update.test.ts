import assert from "node:assert/strict";
import { explainUpdate } from "../../../../cli/explain/explain-update";
import type { Obstacle } from "../../../../cli/watch/obstacles";
import { parseSettings } from "../../../../settings";
import { helmMessages } from "../../../support/official-messages/helm";
import { target } from "../../../support/target";

const environment = { stack: "dev", settings: parseSettings({}), target };
const obstacle = (source: Obstacle["source"], reason: string, text: string): Obstacle => ({
  ...{ source, reason, text, isNew: true, ofRelease: true },
  workload: { kind: "Job", name: "todo-migration" },
  controller: { kind: "Job", name: "todo-migration", uid: text },
});
const official = (what: string): string =>
  helmMessages.find((message) => message.what === what)?.text ?? "";
const refused = obstacle(
  "refused",
  "FailedCreate",
  'Job todo-migration: Error creating: pods "x" is forbidden: maximum cpu usage per Container is 200m, but limit is 500m',
);
const unready = obstacle(
  "pod",
  "NotReady",
  "todo-app/a: not ready for 110 s: its readiness probe fails",
);
const crash = obstacle(
  "pod",
  "Error",
  "todo-app/m: Error: exit code 1, password authentication failed",
);

describe("the explanation of a failed update", () => {
  function explain(errorText: string, obstacles: Obstacle[] = [], lastLines: string[] = []) {
    const lines: string[] = [];
    const progress = { say: (line: string) => lines.push(line) };
    const code = explainUpdate(environment, { errorText, lastLines, code: 0 }, progress, obstacles);
    return { code, lines, causes: lines.filter((line) => line.startsWith("✗")) };
  }

  it("names the kind that is missing, and no pod", () => {
    const { lines, causes } = explain(official("a kind that the cluster doesn't have"), [unready]);
    assert.deepEqual(causes, [
      "✗ The cluster has no kind ServiceMonitor (monitoring.coreos.com/v1).",
    ]);
    assert.equal(lines.length, 2);
  });
  it("names what the API server refused, not the migration that never ran", () => {
    const { lines, causes } = explain(official("a migration that doesn't end"), [refused]);
    assert.equal(causes.length, 1);
    assert.match(causes[0] ?? "", /LimitRange of namespace todo-app .*but limit is 500m/);
    assert.match(lines[1] ?? "", /^ {2}→ `kubectl .*get limitranges/);
    assert.deepEqual(lines.slice(2), [`  · ${refused.text}`]);
  });
  it("names a symptom where nothing tells the cause, with what the pods say", () => {
    const { lines } = explain(official("a failed migration at the first install"), [crash]);
    assert.match(lines[0] ?? "", /^✗ The database migration failed/);
    assert.deepEqual(lines.slice(2), [`  · ${crash.text}`]);
    const waiting = explain(official("a release that isn't ready in time"), [unready]).lines;
    assert.match(waiting[0] ?? "", /^✗ A pod runs, but its readiness probe fails \(todo-app\/a\)/);
  });
  it("shows the last lines of a build that failed", () => {
    const error =
      'error reading build output: process "/bin/sh -c npm ci" did not complete successfully: exit code: 1';
    const { lines } = explain(error, [unready], ["npm error code ENOENT"]);
    assert.match(lines[0] ?? "", /npm ci \(exit code 1\)/);
    assert.deepEqual(lines.slice(2), ["  · npm error code ENOENT"]);
  });
  it("takes the cluster's words where no failure is known, and never succeeds", () => {
    const unknown = obstacle("refused", "FailedCreate", "Job a: something new");
    assert.deepEqual(explain("error: new", [unknown]).causes, ["✗ Job a: something new"]);
    assert.equal(explain("error: new").code, 1);
  });
});
