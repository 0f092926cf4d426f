import {
  type MinikubeProfile,
  publishedPorts,
  readMinikubeProfile,
} from "../../lib/minikube/profile";
import { run } from "../../lib/process/run";
import { docker } from "../engine";
import type { ClusterOptions, ClusterState } from "../types";
import { askMinikube } from "./run-minikube";

/** Returns a cluster's state: running only where its API server answers and kubectl is set up for it. */
export async function profileState(name: string): Promise<ClusterState> {
  if (readMinikubeProfile(name) === undefined) return "missing";
  const answer = await askMinikube(["status", "--profile", name, "--output", "json"]);
  if (!answer.notFound) return stateOf(answer.stdout);
  // Without Minikube, the state of its node is the best information: a container named like the profile.
  const format = "{{.State.Running}}";
  const node = await run(docker(), ["container", "inspect", "--format", format, name]);
  if (node.code !== 0) return "missing";
  return node.stdout.trim() === "true" ? "running" : "stopped";
}

/** Interprets the output of `minikube status --output json`. */
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

/** Describes how an existing cluster differs from the options. It is used nevertheless. */
export function differences(profile: MinikubeProfile, options: ClusterOptions): string[] {
  const notes: string[] = [];
  if (profile.containerRuntime !== options.containerRuntime) {
    notes.push(
      `it has the container runtime ${profile.containerRuntime}, not ${options.containerRuntime}`,
    );
  }
  const published = publishedPorts(profile.exposedPorts);
  const unpublished = options.nodePorts.filter((port) => !published.includes(port));
  if (unpublished.length > 0) {
    notes.push(`it does not publish ${unpublished.join(", ")} on 127.0.0.1`);
  }
  return notes;
}
