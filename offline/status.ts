import { existsSync } from "node:fs";
import { readMinikubeProfile } from "../lib/minikube/profile";
import { directories } from "../lib/paths";
import { run } from "../lib/process/run";
import { engineInfo } from "./engine";
import { unsupported } from "./machine";
import { profileState } from "./minikube/cluster-state";
import { deployedKey } from "./network-policy";
import { builtTools } from "./tools";
import type { OfflineStatus } from "./types";

/** Reports everything that offline mode provides. Changes nothing. */
export async function status(profile: string): Promise<OfflineStatus> {
  const { cache } = directories();
  const [engine, state, bytes] = await Promise.all([
    engineInfo(),
    profileState(profile),
    sizeOf(cache),
  ]);
  const found = state === "missing" ? undefined : readMinikubeProfile(profile);
  return {
    unsupported: unsupported(),
    cache: { directory: cache, bytes },
    ...builtTools(),
    engine: { version: engine?.version, storage: engine?.storage },
    cluster: {
      profile,
      state,
      address: found?.nodeAddress,
      containerRuntime: found?.containerRuntime,
      kubernetesVersion: found?.kubernetesVersion,
      networkPolicies: state === "running" ? (await deployedKey(profile)) !== undefined : undefined,
    },
  };
}

/** The size of a folder in bytes; 0 where there is none. */
async function sizeOf(directory: string): Promise<number> {
  if (!existsSync(directory)) return 0;
  const { stdout } = await run("du", ["--summarize", "--block-size=1", directory]);
  return Number.parseInt(stdout, 10) || 0;
}
