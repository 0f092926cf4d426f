/** Waiting: looks again and again until something is so, or time is up. */
import type { Operation } from "../../protocol/provider";
import { pause } from "../../protocol/run";
import type { JsonObject } from "../../protocol/values";
import { Unreachable } from "../proxy";

const INTERVAL_MS = 400;
const REPEAT_PROBLEMS_MS = 10_000;

/** The object did not get where it should be, in time. */
export class NotReady extends Error {
  constructor(
    message: string,
    /** The object as it was last seen. */
    readonly object: JsonObject,
    readonly reasons: string[],
  ) {
    super(message);
  }
}

/** One look at an object. */
export interface Look {
  done: boolean;
  object: JsonObject;
  /** What is being waited for, in a line. */
  status: string;
  /** What stands in the way, as far as it can be told; asked for now and then, and at the end. */
  problems: () => Promise<string[]>;
}

/** How long to wait, and whom to tell. */
export type WaitOptions = Pick<Operation, "log" | "signal" | "timeout">;

/** Looks until it is done. The message of the error says what took too long. */
export async function waitFor(
  options: WaitOptions,
  timedOut: (object: JsonObject) => string,
  look: () => Promise<Look>,
): Promise<JsonObject> {
  const end = Date.now() + options.timeout * 1000;
  const [tellStatus, tellProblem] = [teller(options), teller(options)];
  let nextProblems = Date.now() + REPEAT_PROBLEMS_MS;
  let last: Look | undefined;
  for (;;) {
    try {
      last = await look();
    } catch (error) {
      // The API server may be away for a moment; the deadline holds anyway.
      if (!(error instanceof Unreachable) || Date.now() > end) throw error;
      tellStatus(`the API server does not answer: ${error.message}`);
    }
    if (last?.done === true) return last.object;
    if (last !== undefined) {
      tellStatus(last.status);
      if (Date.now() > end) {
        throw new NotReady(timedOut(last.object), last.object, await last.problems());
      }
      if (Date.now() > nextProblems) {
        nextProblems = Date.now() + REPEAT_PROBLEMS_MS;
        // The last one is the nearest to the cause: a pod's, where there is any.
        tellProblem((await last.problems()).at(-1) ?? "");
      }
    }
    await pause(INTERVAL_MS, options.signal);
  }
}

/** Tells a message to the user, but not the same one twice in a row. */
function teller(options: WaitOptions): (message: string) => void {
  let told = "";
  return (message) => {
    if (message !== "" && message !== told) options.log.status(message);
    told = message;
  };
}
