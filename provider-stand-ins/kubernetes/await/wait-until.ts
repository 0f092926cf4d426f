import { pause } from "../../protocol/pause";
import type { JsonObject } from "../../protocol/values";
import { Unreachable } from "../api/api-errors";
import type { Look, WaitOptions } from "./look";
import { NotReady } from "./look";

const INTERVAL_MS = 400;
const PROBLEMS_INTERVAL_MS = 10_000;

/**
 * Looks at an object until the look is done, and returns the object.
 *
 * @param timedOut returns the message of the error.
 * @throws NotReady after the timeout.
 */
export async function waitUntilDone(
  options: WaitOptions,
  timedOut: (object: JsonObject) => string,
  look: () => Promise<Look>,
): Promise<JsonObject> {
  const end = Date.now() + options.timeout * 1000;
  const [reportStatus, reportProblem] = [reporter(options), reporter(options)];
  let nextProblems = Date.now() + PROBLEMS_INTERVAL_MS;
  let last: Look | undefined;
  for (;;) {
    try {
      last = await look();
    } catch (error) {
      // The API server may be away for a moment; the timeout limits that too.
      if (!(error instanceof Unreachable) || Date.now() > end) throw error;
      reportStatus(`the API server does not answer: ${error.message}`);
    }
    if (last?.done === true) return last.object;
    if (last !== undefined) {
      reportStatus(last.status);
      if (Date.now() > end) {
        throw new NotReady(timedOut(last.object), last.object, await last.problems());
      }
      if (Date.now() > nextProblems) {
        nextProblems = Date.now() + PROBLEMS_INTERVAL_MS;
        // The last one is the closest to the cause: a pod's, where there is one.
        reportProblem((await last.problems()).at(-1) ?? "");
      }
    }
    await pause(INTERVAL_MS, options.signal);
  }
}

/** Reports messages to the user, but not the same one twice in a row. */
function reporter(options: WaitOptions): (message: string) => void {
  let reported = "";
  return (message) => {
    if (message !== "" && message !== reported) options.log.status(message);
    reported = message;
  };
}
