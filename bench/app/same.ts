import { deepStrictEqual, equal, match } from "node:assert/strict";
import { READER } from "./data";
import { requestOf, type Workload, WORKLOADS } from "./load";
import type { Server } from "./server";
import { tokenFor } from "./token";

/** What differs from one database, or one moment, to another. */
const OWN = ["id", "createdAt", "updatedAt", "nextCursor"];

/**
 * Asks both servers the same and compares: whoever answers less would be measured at less work.
 *
 * @throws AssertionError where they differ, or let somebody in who has no good token.
 */
export async function mustBeSame(one: Server, other: Server): Promise<void> {
  for (const workload of WORKLOADS) {
    const [expected, found] = await Promise.all([ask(one, workload), ask(other, workload)]);
    const bodies = [expected.body, found.body].map(comparable);
    deepStrictEqual({ ...found, body: bodies[1] }, { ...expected, body: bodies[0] });
    if (workload === "list") equal((found.body as { tasks: unknown[] }).tasks.length, 50);
  }
  for (const server of [one, other]) await mustGuard(server);
}

async function ask({ origin }: Server, workload: Workload) {
  const { path, ...request } = requestOf(workload);
  const response = await fetch(origin + path, request);
  const { status, headers } = response;
  return { status, body: await response.json(), etag: headers.get("etag") };
}

async function mustGuard({ origin }: Server): Promise<void> {
  const foreign = tokenFor(READER, "a-secret-that-neither-of-the-two-servers-has");
  for (const headers of [new Headers(), new Headers({ authorization: `Bearer ${foreign}` })]) {
    const { status } = await fetch(`${origin}/api/tasks`, { headers });
    equal(status, 401);
  }
  const { path, ...request } = requestOf("add");
  const { status } = await fetch(origin + path, { ...request, body: '{"title":""}' });
  match(String(status), /^4(00|22)$/);
}

/** The answer, with what must differ replaced by the kind of thing it is. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      OWN.includes(key) ? typeof member : comparable(member),
    ]),
  );
}
