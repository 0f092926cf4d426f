import { serverEnvironment } from "../../../server/environment.ts";
import { healthResponse } from "../../../server/health.ts";

/** Disables caching and prerendering at build time. */
export const dynamic = "force-dynamic";

/** Answers the startup and liveness probes. */
export function GET(): Response {
  return healthResponse(serverEnvironment().version);
}
