import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { PriorityQueue } from "../../../../offline/core/priority-queue";

describe("a priority queue", () => {
  it("runs at most the allowed number of tasks at a time, the lowest number first", async () => {
    const queue = new PriorityQueue(2);
    const order: number[] = [];
    let running = 0;
    let maximum = 0;
    const task = (number: number) => async () => {
      order.push(number);
      running += 1;
      maximum = Math.max(maximum, running);
      await sleep(5);
      running -= 1;
    };
    await Promise.all([5, 3, 4, 1, 2].map((number) => queue.run(task(number), number)));
    assert.deepEqual(order, [1, 2, 3, 4, 5]);
    assert.equal(maximum, 2);
  });

  it("continues after a failure", async () => {
    const queue = new PriorityQueue(1);
    await assert.rejects(
      queue.run(() => Promise.reject(new Error("no"))),
      /no/,
    );
    assert.equal(await queue.run(() => Promise.resolve("yes")), "yes");
  });
});
