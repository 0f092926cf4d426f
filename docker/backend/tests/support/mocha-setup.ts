import { LocalPostgres } from "../../tools/local-postgres.ts";

/** Not a variable of this module, which mocha loads twice: for itself and for the tests. */
const shared = globalThis as { testPostgres?: LocalPostgres };

/** Starts PostgreSQL before the first test. */
export async function mochaGlobalSetup(): Promise<void> {
  shared.testPostgres = await LocalPostgres.create();
}

/** Stops PostgreSQL after the last test. */
export async function mochaGlobalTeardown(): Promise<void> {
  await shared.testPostgres?.remove();
}

/** Returns the PostgreSQL server that all tests share. Each test creates its own databases. */
export function postgres(): LocalPostgres {
  const { testPostgres } = shared;
  if (testPostgres === undefined) throw new Error("mochaGlobalSetup has not run");
  return testPostgres;
}
