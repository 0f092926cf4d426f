import { setTimeout as sleep } from "node:timers/promises";

/**
 * Waits for some milliseconds.
 *
 * @throws the signal's reason as soon as the operation is cancelled.
 */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
