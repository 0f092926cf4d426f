import { readinessResponse } from "../../../server/health.ts";

/** Disables caching and prerendering at build time. */
export const dynamic = "force-dynamic";

/** Answers the readiness probe. */
export function GET(): Response {
  return readinessResponse();
}
