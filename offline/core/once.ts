const started = new Map<string, Promise<unknown>>();

/**
 * Runs a task once in this process. Later calls with the same name, during the run or after it, return
 * the same promise. A task that failed runs again at the next call.
 */
export function once<T>(name: string, task: () => Promise<T>): Promise<T> {
  const earlier = started.get(name) as Promise<T> | undefined;
  if (earlier !== undefined) return earlier;
  const promise = task();
  started.set(name, promise);
  promise.catch(() => started.delete(name));
  return promise;
}

/** Runs a task, or joins the run of the same name that is in progress. */
export function shareRun<T>(name: string, task: () => Promise<T>): Promise<T> {
  const promise = once(name, task);
  void promise.finally(() => started.delete(name)).catch(() => undefined);
  return promise;
}
