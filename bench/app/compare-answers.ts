import { deepStrictEqual, equal, match } from "node:assert/strict";
import { READER } from "./database";
import { requestOf, type Workload, WORKLOADS } from "./load";
import type { Server } from "./server-process";
import { tokenFor } from "./token";

/** Members whose values differ between databases and moments. */
const VARYING = ["id", "createdAt", "updatedAt", "nextCursor"];

/**
 * Sends both servers the same requests and compares the answers: a server that answers less would be
 * measured with less work.
 *
 * @throws AssertionError where the answers differ, or a server accepts an invalid token.
 */
export async function assertSameAnswers(one: Server, other: Server): Promise<void> {
  for (const workload of WORKLOADS) {
    const [expected, found] = await Promise.all([ask(one, workload), ask(other, workload)]);
    const bodies = [expected.body, found.body].map(comparable);
    deepStrictEqual({ ...found, body: bodies[1] }, { ...expected, body: bodies[0] });
    if (workload === "list") equal((found.body as { tasks: unknown[] }).tasks.length, 50);
  }
  for (const server of [one, other]) await assertTokensChecked(server);
}

async function ask({ origin }: Server, workload: Workload) {
  const { path, ...request } = requestOf(workload);
  const response = await fetch(origin + path, request);
  const { status, headers } = response;
  return { status, body: await response.json(), etag: headers.get("etag") };
}

async function assertTokensChecked({ origin }: Server): Promise<void> {
  const foreign = tokenFor(READER, "a-secret-that-neither-of-the-two-servers-has");
  for (const headers of [new Headers(), new Headers({ authorization: `Bearer ${foreign}` })]) {
    const { status } = await fetch(`${origin}/api/tasks`, { headers });
    equal(status, 401);
  }
  const { path, ...request } = requestOf("add");
  const { status } = await fetch(origin + path, { ...request, body: '{"title":""}' });
  match(String(status), /^4(00|22)$/);
}

/** The answer with each varying value replaced by its type. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      VARYING.includes(key) ? typeof member : comparable(member),
    ]),
  );
}
