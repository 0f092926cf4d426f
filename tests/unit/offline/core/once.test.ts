import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { once, shareRun } from "../../../../offline/core/once";

describe("a task that is requested twice", () => {
  it("runs once; after a failure it runs again", async () => {
    let runs = 0;
    const task = () => {
      runs += 1;
      return runs === 1 ? Promise.reject(new Error("first")) : Promise.resolve(runs);
    };
    await assert.rejects(once("test of once", task), /first/);
    await sleep(0);
    assert.equal(await once("test of once", task), 2);
    assert.equal(await once("test of once", task), 2);
  });

  it("is shared while it runs, and runs again later", async () => {
    let runs = 0;
    const task = async () => {
      runs += 1;
      await sleep(5);
      return runs;
    };
    const both = await Promise.all([shareRun("test", task), shareRun("test", task)]);
    assert.deepEqual(both, [1, 1]);
    await sleep(0);
    assert.equal(await shareRun("test", task), 2);
  });
});
