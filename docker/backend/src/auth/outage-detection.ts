import { AsyncLocalStorage } from "node:async_hooks";
import type pg from "pg";
import type { Database } from "../database/database.ts";
import { DatabaseUnavailableError, isUnavailable } from "../database/errors.ts";

interface OutageRecord {
  outage?: DatabaseUnavailableError;
}

const records = new AsyncLocalStorage<OutageRecord>();

/**
 * Runs a call to a library that hides why a statement failed.
 *
 * @throws DatabaseUnavailableError when the database was unavailable during the call, whatever the
 *   library returned or threw
 */
export async function throwIfDatabaseUnavailable<T>(call: () => Promise<T>): Promise<T> {
  const record: OutageRecord = {};
  const [result] = await Promise.allSettled([records.run(record, call)]);
  if (record.outage !== undefined) throw record.outage;
  if (result.status === "rejected") throw result.reason;
  return result.value;
}

/**
 * Returns the database as a pg.Pool for a library. Outages that happen in it are reported by
 * throwIfDatabaseUnavailable.
 */
export function outageDetectingPool(database: Pick<Database, "connect">): Pick<pg.Pool, "connect"> {
  const connect = async (): Promise<pg.PoolClient> => {
    const client = await recordOutage(() => database.connect());
    return new Proxy(client, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== "function") return value;
        const method = value.bind(target) as (...args: unknown[]) => unknown;
        if (name !== "query") return method;
        return (...args: unknown[]) => recordOutage(() => method(...args));
      },
    });
  };
  return { connect };
}

async function recordOutage<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const record = records.getStore();
    if (record !== undefined) {
      if (error instanceof DatabaseUnavailableError) record.outage = error;
      else if (isUnavailable(error)) record.outage = new DatabaseUnavailableError(error);
    }
    throw error;
  }
}
