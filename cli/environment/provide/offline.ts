import type * as Offline from "../../../offline";

export type { ClusterOptions, OfflineStatus, OfflineTools } from "../../../offline";

/**
 * Loads offline mode. This is the only file of the command line that imports `offline/`: commands that
 * don't need it load nothing of it.
 */
export function loadOffline(): Promise<typeof Offline> {
  return import("../../../offline/index.js");
}
