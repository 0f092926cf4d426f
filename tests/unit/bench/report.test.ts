import assert from "node:assert/strict";
import { figures, median, missed, type Run, table } from "../../../bench/app/report";

/** A run with everything at 1, but for what is said. */
function run({ requests = 1, rss = 1 }: { requests?: number; rss?: number }): Run {
  const load = { requestsPerSecond: requests, p50Ms: 1, p99Ms: 1, cpuMs: 1 };
  return { readyMs: 1, idleRss: 1, rss, anonymous: 1, loads: { list: load, add: load } };
}

describe("bench: a median", () => {
  for (const [values, middle] of [
    [[7], 7],
    [[9, 1, 2], 2],
    [[100, 9, 20], 20],
    [[4, 1, 3, 2], 2.5],
  ] as const) {
    it(`of ${values.join(", ")} is ${middle}`, () => {
      assert.equal(median(values), middle);
    });
  }

  it("of nothing is no number, and changes nothing", () => {
    assert.ok(Number.isNaN(median([])));
    const values = [3, 1, 2];
    median(values);
    assert.deepEqual(values, [3, 1, 2]);
  });
});

describe("bench: the figures", () => {
  const of = (backend: Run, fastapi: Run) =>
    figures({ backend: [backend], fastapi: [fastapi] }, { backend: [50], fastapi: [200] });
  const named = (rows: ReturnType<typeof of>, name: string) => {
    const row = rows.find((one) => one.name === name);
    assert.ok(row, `no figure is called ${name}`);
    return row;
  };

  it("are the medians of all runs, and their ratio", () => {
    const backend = [3, 30, 900].map((requests) => run({ requests }));
    const fastapi = [10, 10, 1].map((requests) => run({ requests }));
    const rows = figures({ backend, fastapi }, { backend: [50, 60], fastapi: [200, 240] });
    const row = named(rows, "list: requests/s");
    assert.deepEqual([row.backend, row.fastapi, row.ratio], [30, 10, 3]);
    const start = named(rows, "start to ready, ms");
    assert.deepEqual([start.backend, start.fastapi, start.ratio], [55, 220, 0.25]);
  });

  it("meet an aim that is just reached", () => {
    const rows = of(run({ requests: 30, rss: 50 }), run({ requests: 10, rss: 100 }));
    assert.deepEqual(missed(rows), []);
    assert.deepEqual(
      rows.filter(({ met }) => met).map(({ name }) => name),
      ["list: requests/s", "add: requests/s", "memory after load, MiB"],
    );
  });

  it("miss an aim by a little", () => {
    const rows = of(run({ requests: 29.9, rss: 50.1 }), run({ requests: 10, rss: 100 }));
    const names = ["list: requests/s", "add: requests/s", "memory after load, MiB"];
    assert.deepEqual(missed(rows), names);
  });

  it("miss every aim when nothing was measured", () => {
    assert.equal(
      missed(figures({ backend: [], fastapi: [] }, { backend: [], fastapi: [] })).length,
      3,
    );
  });
});

describe("bench: the table", () => {
  it("has a line for each figure, and says of each aim whether it is met", () => {
    const lines = table([
      { name: "speed", backend: 1234.5, fastapi: 99.94, ratio: 12.35, aim: "≥ 3", met: true },
      { name: "memory, MiB", backend: 80, fastapi: 100, ratio: 0.8, aim: "≤ 0.5", met: false },
      { name: "p50 ms", backend: 0.5, fastapi: 2, ratio: 0.25 },
    ]).split("\n");
    assert.deepEqual(lines, [
      "             Fastify  FastAPI  ratio  aim",
      "speed           1235     99.9  12.35  ≥ 3: met",
      "memory, MiB     80.0      100   0.80  ≤ 0.5: missed",
      "p50 ms          0.50     2.00   0.25",
    ]);
  });
});
