// What the Helm tests share; the chart puts it in front of each of them.
import { setTimeout as pause } from "node:timers/promises";

const deadline = Date.now() + Number(process.env.TIMEOUT_SECONDS) * 1000;

/** Asks once, on a connection of its own, and gives up on an answer that doesn't come. */
async function ask(url, options = {}) {
  const headers = { connection: "close", ...options.headers };
  const response = await fetch(url, { ...options, headers, signal: AbortSignal.timeout(5000) });
  const cookies = response.headers.getSetCookie();
  return { status: response.status, text: await response.text(), cookies };
}

/** Tries again until the deadline: a network policy knows a new pod only after some seconds. */
async function retry(what, attempt) {
  for (;;) {
    try {
      const result = await attempt();
      console.log(`ok: ${what}`);
      return result;
    } catch (error) {
      const reason = `${error.message}${error.cause ? ` (${error.cause.message})` : ""}`;
      if (Date.now() > deadline) throw new Error(`${what}: ${reason}`, { cause: error });
      console.log(`trying again: ${what}: ${reason}`);
      await pause(1000);
    }
  }
}

/** Throws unless the answer has the status, and shows what came instead. */
function expect(answer, status) {
  if (answer.status === status) return answer;
  throw new Error(`expected ${status}, found ${answer.status}: ${answer.text.slice(0, 500)}`);
}
