import { Agent, get, type IncomingMessage } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { messageOf } from "../../lib/errors";

/** The result of requesting a URL until it answers. */
export type Answer = { ok: true; status: number; tries: number } | { ok: false; reason: string };

/** The time limit of one request in milliseconds. */
const REQUEST_LIMIT_MS = 5000;

/**
 * Sends GET requests to a URL of this machine or of a cluster's node until it answers. Right after a rollout
 * the first requests can be reset while kube-proxy updates its rules, so a few failed attempts are expected.
 */
export async function waitForAnswer(url: string, timeoutMs = 30_000): Promise<Answer> {
  const deadline = Date.now() + timeoutMs;
  for (let tries = 1; ; tries++) {
    const answer = await once(url);
    if (answer.ok) return { ...answer, tries };
    if (Date.now() + 500 > deadline) return answer;
    await pause(500);
  }
}

async function once(url: string): Promise<Answer> {
  try {
    const { statusCode = 0, statusMessage = "" } = await request(new URL(url));
    if (statusCode >= 200 && statusCode < 300) return { ok: true, status: statusCode, tries: 1 };
    return { ok: false, reason: `it answered ${statusCode} ${statusMessage}` };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { ok: false, reason: messageOf(cause) };
  }
}

/**
 * Returns the response with its body read, after at most five redirects. An agent of its own uses no proxy,
 * unlike fetch and the global agent, whose proxy knows neither this machine's loopback nor the node.
 */
async function request(url: URL, redirects = 5): Promise<IncomingMessage> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const options = { agent: new Agent(), signal: AbortSignal.timeout(REQUEST_LIMIT_MS) };
    get(url, options, (answer) => {
      answer.resume().once("error", reject);
      answer.once("end", () => {
        resolve(answer);
      });
    }).once("error", reject);
  });
  const { statusCode = 0, headers } = response;
  const redirected = statusCode >= 300 && statusCode < 400 && headers.location !== undefined;
  if (!redirected || redirects === 0) return response;
  return request(new URL(headers.location ?? "", url), redirects - 1);
}
