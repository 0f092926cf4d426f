import { setTimeout as pause } from "node:timers/promises";
import { messageOf } from "../../lib/errors";

/** The result of requesting a URL until it answers. */
export type Answer = { ok: true; status: number; tries: number } | { ok: false; reason: string };

/**
 * Sends GET requests to a URL until it answers. Right after a rollout the first requests can be reset
 * while kube-proxy updates its rules, so a few failed attempts are expected.
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
    const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
    await response.arrayBuffer();
    if (response.ok) return { ok: true, status: response.status, tries: 1 };
    return { ok: false, reason: `it answered ${response.status} ${response.statusText}` };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { ok: false, reason: messageOf(cause) };
  }
}
