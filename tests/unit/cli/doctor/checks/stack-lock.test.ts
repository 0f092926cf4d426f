import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { readLocks, stackLockFinding } from "../../../../../cli/doctor/checks/stack-lock";

describe("doctor: the stack's lock", () => {
  const lock = { pid: 7, hostname: "here", username: "ann", timestamp: "now" };
  it("is free, or held by someone who works", () => {
    assert.equal(stackLockFinding([], "dev").state, "ok");
    assert.equal(stackLockFinding(undefined, "dev").state, "ok");
    assert.equal(stackLockFinding([lock], "dev", () => true, "here").state, "note");
  });
  it("was left behind: cancelled", () => {
    const finding = stackLockFinding([lock], "dev", () => false, "here");
    assert.equal(finding.state, "fix");
    assert.match(finding.hint ?? "", /pulumi -- cancel --stack dev --yes/);
    assert.match(stackLockFinding([lock], "dev", () => true, "there").found, /another machine/);
  });
  it("is read from a file backend", () => {
    const folder = mkdtempSync(join(tmpdir(), "lock-"));
    const locks = join(folder, ".pulumi", "locks", "organization", "todo-chatbot", "dev");
    mkdirSync(locks, { recursive: true });
    writeFileSync(join(locks, "a.json"), JSON.stringify(lock));
    const at = (backendUrl: string, stack = "dev") =>
      readLocks({ backendUrl, root: folder, project: "todo-chatbot", stack });
    for (const url of [
      pathToFileURL(folder).href,
      "file://.",
      "file://./",
      `file://${folder}?x=1`,
    ]) {
      assert.deepEqual(at(url), [lock], url);
      assert.deepEqual(at(url, "organization/todo-chatbot/dev"), [lock], url);
      assert.deepEqual(at(url, "prod"), []);
    }
    assert.equal(at("https://api.pulumi.com"), undefined);
    writeFileSync(join(locks, "a.json"), "");
    assert.equal(stackLockFinding(at("file://."), "dev").state, "fix");
    rmSync(folder, { recursive: true });
  });
});
