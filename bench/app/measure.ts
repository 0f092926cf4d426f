import { freePort, LocalPostgres } from "../../docker/backend/tools/local-postgres";
import type { ConsoleProgress } from "../../lib/progress/console-progress";
import { assertSameAnswers } from "./compare-answers";
import { backend, type Command, type Contender, fastapi } from "./contenders";
import { createDatabase, resetDatabase } from "./database";
import { type Load, load, type Workload, WORKLOADS } from "./load";
import type { Run } from "./report";
import { Server } from "./server-process";

/** Size of the benchmark. */
export interface Settings {
  /** Number of runs of each server. */
  rounds: number;
  /** Length of a load in seconds. A quarter of it comes first as a warm-up. */
  seconds: number;
  connections: number;
  /** Number of additional starts of each server. */
  starts: number;
}

/** The programs that run the servers. */
export interface Programs {
  /** Command of the backend. */
  backend: Command;
  /** A Python with FastAPI's packages. */
  python: string;
}

/** A list for each server. */
type Both<T> = Record<Contender["name"], T[]>;

/** Starts PostgreSQL, checks that both servers answer alike, and measures them alternately. */
export async function measure(
  settings: Settings,
  programs: Programs,
  progress: ConsoleProgress,
): Promise<{ runs: Both<Run>; starts: Both<number> }> {
  const postgres = await progress.step("PostgreSQL", () => LocalPostgres.create());
  try {
    const databases = [await createDatabase(postgres), await createDatabase(postgres)] as const;
    const contenders = [
      backend(databases[0], programs.backend),
      fastapi(databases[1], programs.python),
    ] as const;
    await progress.step("Both answer alike", () => compare(...contenders));

    const runs: Both<Run> = { backend: [], fastapi: [] };
    const starts: Both<number> = { backend: [], fastapi: [] };
    for (let round = 1; round <= settings.rounds; round += 1) {
      for (const contender of contenders) {
        const title = `Round ${round} of ${settings.rounds}: ${contender.title}`;
        const found = await progress.step(title, async () => {
          await resetDatabase(postgres, contender.env.DATABASE_URL ?? "");
          return run(contender, settings);
        });
        runs[contender.name].push(found);
        starts[contender.name].push(found.readyMs);
      }
    }
    await progress.step("Starts", async () => {
      for (let count = 0; count < settings.starts; count += 1) {
        for (const contender of contenders) {
          const server = await Server.start(contender, await freePort());
          starts[contender.name].push(server.readyMs);
          await server.stop();
        }
      }
    });
    return { runs, starts };
  } finally {
    await postgres.remove();
  }
}

async function compare(one: Contender, other: Contender): Promise<void> {
  const first = await Server.start(one, await freePort());
  const second = await Server.start(other, await freePort());
  try {
    await assertSameAnswers(first, second);
  } finally {
    await Promise.all([first.stop(), second.stop()]);
  }
}

async function run(contender: Contender, { connections, seconds }: Settings): Promise<Run> {
  const server = await Server.start(contender, await freePort());
  try {
    const idleRss = server.usage().rss;
    const loads = {} as Record<Workload, Load>;
    for (const workload of WORKLOADS) {
      await load(server, workload, { connections, seconds: Math.ceil(seconds / 4) });
      loads[workload] = await load(server, workload, { connections, seconds });
    }
    const { rss, anonymous } = server.usage();
    return { readyMs: server.readyMs, idleRss, rss, anonymous, loads };
  } finally {
    await server.stop();
  }
}
