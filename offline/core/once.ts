const begun = new Map<string, Promise<unknown>>();

/**
 * Does a piece of work once in this process: whoever asks for it again, now or later, gets the same
 * promise. What failed is tried anew when it is asked for again.
 */
export function once<T>(name: string, work: () => Promise<T>): Promise<T> {
  const before = begun.get(name) as Promise<T> | undefined;
  if (before !== undefined) return before;
  const promise = work();
  begun.set(name, promise);
  promise.catch(() => begun.delete(name));
  return promise;
}

/** Does a piece of work unless it is under way, in which case that run is waited for. */
export function together<T>(name: string, work: () => Promise<T>): Promise<T> {
  const promise = once(name, work);
  void promise.finally(() => begun.delete(name)).catch(() => undefined);
  return promise;
}
