import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { attempt, CommandFailed, quoted, run } from "../../../offline/core/command";
import { Lane } from "../../../offline/core/lane";
import { withLock } from "../../../offline/core/lock";
import { once, together } from "../../../offline/core/once";
import { logFile } from "../../../offline/core/paths";
import { inFreshCache } from "./support";

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("the sandbox's lanes", () => {
  it("let so many run at a time, the lowest number first", async () => {
    const lane = new Lane(2);
    const order: number[] = [];
    let now = 0;
    let most = 0;
    const work = (number: number) => async () => {
      order.push(number);
      now += 1;
      most = Math.max(most, now);
      await later(5);
      now -= 1;
    };
    await Promise.all([5, 3, 4, 1, 2].map((number) => lane.run(work(number), number)));
    assert.deepEqual(order, [1, 2, 3, 4, 5]);
    assert.equal(most, 2);
  });

  it("go on after a failure", async () => {
    const lane = new Lane(1);
    await assert.rejects(
      lane.run(() => Promise.reject(new Error("no"))),
      /no/,
    );
    assert.equal(await lane.run(() => Promise.resolve("yes")), "yes");
  });
});

describe("work that is asked for twice", () => {
  it("is done once; a failure is tried again", async () => {
    let times = 0;
    const work = () => {
      times += 1;
      return times === 1 ? Promise.reject(new Error("first")) : Promise.resolve(times);
    };
    await assert.rejects(once("test of once", work), /first/);
    await later(0);
    assert.equal(await once("test of once", work), 2);
    assert.equal(await once("test of once", work), 2);
  });

  it("is shared while it runs, and done again later", async () => {
    let times = 0;
    const work = async () => {
      times += 1;
      await later(5);
      return times;
    };
    const both = await Promise.all([together("test", work), together("test", work)]);
    assert.deepEqual(both, [1, 1]);
    await later(0);
    assert.equal(await together("test", work), 2);
  });
});

describe("the sandbox's locks", () => {
  it("keep two from working at once, and tell who has it", () =>
    inFreshCache(async (directory) => {
      const file = join(directory, "lock");
      const events: string[] = [];
      let told: () => void = () => undefined;
      const waiting = new Promise<void>((resolve) => (told = resolve));
      const first = withLock(file, async () => {
        events.push("first in");
        await waiting;
        events.push("first out");
      });
      const second = withLock(
        file,
        () => {
          events.push("second in");
          return Promise.resolve();
        },
        (owner) => {
          events.push(`waits for ${owner}`);
          told();
        },
      );
      await Promise.all([first, second]);
      const waits = `waits for ${process.pid}`;
      assert.deepEqual(events, ["first in", waits, "first out", "second in"]);
      assert.ok(!existsSync(file));
    }));

  it("count for nothing when their owner is gone, even if its number is in use again", () =>
    inFreshCache(async (directory) => {
      const file = join(directory, "lock");
      writeFileSync(file, `${process.pid} 1`);
      assert.equal(await withLock(file, () => Promise.resolve("taken")), "taken");
    }));
});

describe("a failed command", () => {
  it("says what ran, how it ended, its last lines, its log and the way out", () =>
    inFreshCache(async () => {
      const script = 'for i in $(seq 30); do echo "line $i"; done; echo oh no >&2; exit 3';
      const options = { log: "test", hint: "try another script." };
      const error: unknown = await run(["sh", "-c", script], options).catch((e: unknown) => e);
      assert.ok(error instanceof CommandFailed);
      assert.match(error.message, /^sh -c 'for i .* failed with exit code 3\./);
      assert.match(error.message, /oh no/);
      assert.ok(!error.message.includes("line 18\n") && error.message.includes("line 20\n"));
      assert.ok(error.message.includes(logFile("test")));
      assert.match(error.message, /What to do: try another script\.$/);
      assert.match(readFileSync(logFile("test"), "utf8"), /line 1\n/);
    }));

  it("is told apart from a missing one", async () => {
    assert.equal((await attempt(["a-program-that-nobody-has"])).code, 127);
  });

  it("gets input and a changed environment", async () => {
    const options = { input: "in", env: { TEST_OF_RUN: "set", HOME: undefined } };
    const out = await run(["sh", "-c", 'cat; echo "-$TEST_OF_RUN-${HOME-none}"'], options);
    assert.equal(out, "in-set-none\n");
  });

  it("is quoted so that it can be pasted", () => {
    assert.equal(quoted("--a=b/c"), "--a=b/c");
    assert.equal(quoted("it's"), "'it'\\''s'");
  });
});
