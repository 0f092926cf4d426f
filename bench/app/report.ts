import { type Load, type Workload, WORKLOADS } from "./load";

/** Result of one run of one server. */
export interface Run {
  readyMs: number;
  idleRss: number;
  /** Resident memory after the load, in MiB. */
  rss: number;
  /** Anonymous part of it: memory that belongs to no file. */
  anonymous: number;
  loads: Record<Workload, Load>;
}

/** A figure: the medians of both servers, and their ratio. */
export interface Figure {
  name: string;
  backend: number;
  fastapi: number;
  ratio: number;
  /** The aim for the ratio, where there is one. */
  aim?: string;
  /** Whether the aim is met; undefined where there is none. */
  met?: boolean;
}

type Pick = (run: Run) => number;

const OF_LOADS = WORKLOADS.flatMap((workload) => {
  const pick =
    (member: keyof Load): Pick =>
    (run) =>
      run.loads[workload][member];
  return [
    { name: `${workload}: requests/s`, pick: pick("requestsPerSecond"), atLeast: 3 },
    { name: `${workload}: p50 ms`, pick: pick("p50Ms") },
    { name: `${workload}: p99 ms`, pick: pick("p99Ms") },
    { name: `${workload}: CPU ms/request`, pick: pick("cpuMs") },
  ];
});

const FIGURES: readonly { name: string; pick: Pick; atLeast?: number; atMost?: number }[] = [
  ...OF_LOADS,
  { name: "memory after load, MiB", pick: (run) => run.rss, atMost: 0.5 },
  { name: "  of it not from files", pick: (run) => run.anonymous },
  { name: "memory when ready, MiB", pick: (run) => run.idleRss },
];

/** Computes the figures of all runs. Starts are separate, since there are more of them. */
export function figures(
  runs: Readonly<Record<"backend" | "fastapi", readonly Run[]>>,
  starts: Readonly<Record<"backend" | "fastapi", readonly number[]>>,
): Figure[] {
  const rows = FIGURES.map(({ name, pick, atLeast, atMost }) => {
    const found = figure(name, runs.backend.map(pick), runs.fastapi.map(pick));
    if (atLeast !== undefined) {
      return { ...found, aim: `≥ ${atLeast}`, met: found.ratio >= atLeast };
    }
    if (atMost !== undefined) {
      return { ...found, aim: `≤ ${atMost}`, met: found.ratio <= atMost };
    }
    return found;
  });
  return [...rows, figure("start to ready, ms", starts.backend, starts.fastapi)];
}

function figure(name: string, backend: readonly number[], fastapi: readonly number[]): Figure {
  const [one, other] = [median(backend), median(fastapi)];
  return { name, backend: one, fastapi: other, ratio: one / other };
}

/** The median: the middle value, or the mean of the two middle values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  const [low = NaN, high = NaN] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]];
  return (low + high) / 2;
}

/** The names of the figures whose aim is missed. */
export function missed(rows: readonly Figure[]): string[] {
  return rows.filter(({ met }) => met === false).map(({ name }) => name);
}

/** Formats the figures as a table for the terminal. */
export function table(rows: readonly Figure[]): string {
  const cells = [
    ["", "Fastify", "FastAPI", "ratio", "aim"],
    ...rows.map(({ name, backend, fastapi, ratio, aim, met }) => [
      ...[name, short(backend), short(fastapi), ratio.toFixed(2)],
      aim === undefined ? "" : `${aim}: ${met ? "met" : "missed"}`,
    ]),
  ];
  const widths = [0, 1, 2, 3].map((at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)));
  return cells
    .map(([name = "", ...rest]) =>
      [name.padEnd(widths[0] ?? 0), ...rest.map((cell, at) => cell.padStart(widths[at + 1] ?? 0))]
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function short(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
