import { AsyncLocalStorage } from "node:async_hooks";
import type pg from "pg";
import type { Database } from "../db/database.ts";
import { DatabaseUnavailableError, isUnavailable } from "../db/errors.ts";

interface Watch {
  lost?: DatabaseUnavailableError;
}

const watches = new AsyncLocalStorage<Watch>();

/**
 * Runs work of a library that hides why a statement failed. Throws a DatabaseUnavailableError when
 * the database was away meanwhile, whatever the library made of it.
 */
export async function noticingOutages<T>(work: () => Promise<T>): Promise<T> {
  const watch: Watch = {};
  const [result] = await Promise.allSettled([watches.run(watch, work)]);
  if (watch.lost !== undefined) throw watch.lost;
  if (result.status === "rejected") throw result.reason;
  return result.value;
}

/** The database as a library wants it that takes a pg.Pool; its failures are seen above. */
export function watchedPool(database: Pick<Database, "connect">): Pick<pg.Pool, "connect"> {
  const connect = async (): Promise<pg.PoolClient> => {
    const client = await noting(() => database.connect());
    return new Proxy(client, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== "function") return value;
        const method = value.bind(target) as (...args: unknown[]) => unknown;
        return name === "query" ? (...args: unknown[]) => noting(() => method(...args)) : method;
      },
    });
  };
  return { connect };
}

async function noting<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const watch = watches.getStore();
    if (watch !== undefined) {
      if (error instanceof DatabaseUnavailableError) watch.lost = error;
      else if (isUnavailable(error)) watch.lost = new DatabaseUnavailableError(error);
    }
    throw error;
  }
}
