import { TestPostgres } from "./postgres.ts";

/** Not a variable of this module: mocha may load it twice, once for itself and once for the tests. */
const shared = globalThis as { testPostgres?: TestPostgres };

/** Mocha calls this before the first test. */
export async function mochaGlobalSetup(): Promise<void> {
  shared.testPostgres = await TestPostgres.create();
}

/** Mocha calls this after the last test. */
export async function mochaGlobalTeardown(): Promise<void> {
  await shared.testPostgres?.remove();
}

/** The PostgreSQL server that all tests share; each makes a database of its own on it. */
export function postgres(): TestPostgres {
  const { testPostgres } = shared;
  if (testPostgres === undefined) throw new Error("mochaGlobalSetup has not run");
  return testPostgres;
}
