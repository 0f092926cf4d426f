import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withLock } from "../../../../offline/core/lock";
import { onFullDisk } from "../../../support/full-disk";
import { inFreshCache } from "../../../support/offline/fresh-cache";

describe("a lock", () => {
  it("keeps two tasks from running at the same time, and names the process that holds it", () =>
    inFreshCache(async (directory) => {
      const file = join(directory, "lock");
      const events: string[] = [];
      let reported: () => void = () => undefined;
      const waiting = new Promise<void>((resolve) => (reported = resolve));
      const first = withLock(file, async () => {
        events.push("first starts");
        await waiting;
        events.push("first ends");
      });
      const second = withLock(
        file,
        () => {
          events.push("second starts");
          return Promise.resolve();
        },
        (pid) => {
          events.push(`waits for ${pid}`);
          reported();
        },
      );
      await Promise.all([first, second]);
      const waits = `waits for ${process.pid}`;
      assert.deepEqual(events, ["first starts", waits, "first ends", "second starts"]);
      assert.ok(!existsSync(file));
    }));

  it("is ignored when its process has ended, even if the process ID is in use again", () =>
    inFreshCache(async (directory) => {
      const file = join(directory, "lock");
      writeFileSync(file, `${process.pid} 1`);
      assert.equal(await withLock(file, () => Promise.resolve("taken")), "taken");
    }));

  it("isn't waited for where a full disk left its file empty", () =>
    inFreshCache(async (directory) => {
      const file = join(directory, "lock");
      writeFileSync(file, "");
      assert.equal(await withLock(file, () => Promise.resolve("taken")), "taken");
    }));

  it("isn't left behind by a full disk", async function () {
    await onFullDisk(this, async (disk) => {
      const file = join(disk.path, "lock");
      disk.fill();
      await assert.rejects(
        withLock(file, () => Promise.resolve()),
        /its disk is full/,
      );
      assert.ok(!existsSync(file));
    });
  });
});
