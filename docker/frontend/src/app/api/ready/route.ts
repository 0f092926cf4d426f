import { ready } from "../../../server/health.ts";

/** Never answered from a cache, and never run while building. */
export const dynamic = "force-dynamic";

/** For the readiness probe. */
export function GET(): Response {
  return ready();
}
