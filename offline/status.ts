import { existsSync } from "node:fs";

import { attempt } from "./core/command";
import { cacheDirectory } from "./core/paths";
import { engineInfo } from "./engine";
import { unsupported } from "./machine";
import { profileState, readProfile } from "./minikube/profile";
import { deployedKey } from "./network-policy";
import { builtTools } from "./tools";
import type { SandboxStatus } from "./types";

/** Looks at everything that the sandbox makes, and changes nothing. */
export async function status(profile: string): Promise<SandboxStatus> {
  const [engine, state, bytes] = await Promise.all([
    engineInfo(),
    profileState(profile),
    sizeOf(cacheDirectory()),
  ]);
  const found = state === "missing" ? undefined : readProfile(profile);
  return {
    unsupported: unsupported(),
    cache: { directory: cacheDirectory(), bytes },
    ...builtTools(),
    engine: { version: engine?.version, storage: engine?.storage },
    cluster: {
      profile,
      state,
      address: found?.address,
      containerRuntime: found?.containerRuntime,
      kubernetesVersion: found?.kubernetesVersion,
      networkPolicies: state === "running" ? (await deployedKey(profile)) !== undefined : undefined,
    },
  };
}

async function sizeOf(directory: string): Promise<number> {
  if (!existsSync(directory)) return 0;
  const { stdout } = await attempt(["du", "--summarize", "--block-size=1", directory]);
  return Number.parseInt(stdout, 10) || 0;
}
