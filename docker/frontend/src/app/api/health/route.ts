import { health } from "../../../server/health.ts";
import { currentSettings } from "../../../server/start.ts";

/** Never answered from a cache, and never run while building. */
export const dynamic = "force-dynamic";

/** For the startup and liveness probes. */
export function GET(): Response {
  return health(currentSettings().version);
}
