import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { attempt } from "../core/command";
import { minikubeHome } from "../core/paths";
import { docker } from "../engine";
import type { ClusterOptions, ClusterState } from "../types";
import { askMinikube } from "./command";

/** What Minikube remembers of a profile, as far as it matters here. */
export interface Profile {
  name: string;
  driver: string;
  containerRuntime: string;
  kubernetesVersion: string;
  cni: string;
  address: string | undefined;
  /** Published ports, as `<address>:<host>:<node>`. */
  ports: readonly string[];
  addons: readonly string[];
}

interface ProfileFile {
  Name: string;
  Driver: string;
  KubernetesConfig: { ContainerRuntime: string; KubernetesVersion: string; CNI: string };
  Nodes?: { IP?: string }[];
  ExposedPorts?: string[] | null;
  Addons?: Record<string, boolean> | null;
}

/** A profile, from Minikube's own file; undefined where there is none. */
export function readProfile(name: string): Profile | undefined {
  const file = join(minikubeHome(), "profiles", name, "config.json");
  if (!existsSync(file)) return undefined;
  const found = JSON.parse(readFileSync(file, "utf8")) as ProfileFile;
  return {
    name,
    driver: found.Driver,
    containerRuntime: found.KubernetesConfig.ContainerRuntime,
    kubernetesVersion: found.KubernetesConfig.KubernetesVersion,
    cni: found.KubernetesConfig.CNI,
    address: found.Nodes?.[0]?.IP,
    ports: found.ExposedPorts ?? [],
    addons: Object.entries(found.Addons ?? {}).flatMap(([addon, on]) => (on ? [addon] : [])),
  };
}

/** How a profile's cluster is: running only when its API answers and kubectl is set up for it. */
export async function profileState(name: string): Promise<ClusterState> {
  if (readProfile(name) === undefined) return "missing";
  const { code, stdout } = await askMinikube(["status", "--profile", name, "--output", "json"]);
  if (code !== NO_SUCH_PROGRAM) return stateOf(stdout);
  // Without Minikube, its node says as much as can be known: a container of the profile's name.
  const inspect = [docker(), "container", "inspect", "--format", "{{.State.Running}}", name];
  const node = await attempt(inspect);
  if (node.code !== 0) return "missing";
  return node.stdout.trim() === "true" ? "running" : "stopped";
}

const NO_SUCH_PROGRAM = 127;

/** Reads the answer of `minikube status --output json`. */
export function stateOf(answer: string): ClusterState {
  let status: { Host?: string; APIServer?: string; Kubeconfig?: string };
  try {
    status = JSON.parse(answer) as typeof status;
  } catch {
    return "stopped";
  }
  if (status.Host === "Nonexistent") return "missing";
  const up = status.Host === "Running" && status.APIServer === "Running";
  return up && status.Kubeconfig === "Configured" ? "running" : "stopped";
}

/** In which way an existing cluster is not as asked for; it is used all the same. */
export function differences(profile: Profile, options: ClusterOptions): string[] {
  const notes: string[] = [];
  if (profile.containerRuntime !== options.containerRuntime) {
    notes.push(
      `it has the container runtime ${profile.containerRuntime}, not ${options.containerRuntime}`,
    );
  }
  const unpublished = options.nodePorts.filter(
    (port) => !profile.ports.some((published) => published.endsWith(`:${port}:${port}`)),
  );
  if (unpublished.length > 0) {
    notes.push(`it does not publish ${unpublished.join(", ")} on 127.0.0.1`);
  }
  return notes;
}
