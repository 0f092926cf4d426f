import { UserError } from "../../../lib/errors";
import type { ClusterTarget } from "../../../lib/kubernetes/target";
import { lastLines, run } from "../../../lib/process/run";
import type { Progress } from "../../../lib/progress/progress";

/** What the official Minikube creates a profile with. */
export interface NewProfile {
  profile: string;
  driver: string;
  containerRuntime: string;
  cpus: number;
  memoryMiB: number;
  /** Disk of a node that is a virtual machine, in MB. @default Minikube's */
  diskSize?: number;
  /** @default Minikube's */
  kubernetesVersion?: string;
  nodePorts: readonly number[];
  addons: readonly string[];
}

/** Returns the arguments of `minikube start` for a new profile. */
export function creationArguments(cluster: NewProfile): string[] {
  // Only nodes that are containers can publish ports; other nodes have an address of their own.
  const publishes = cluster.driver === "docker" || cluster.driver === "podman";
  const ports = publishes ? cluster.nodePorts : [];
  return [
    "start",
    `--profile=${cluster.profile}`,
    `--driver=${cluster.driver}`,
    `--container-runtime=${cluster.containerRuntime}`,
    `--cpus=${cluster.cpus}`,
    `--memory=${cluster.memoryMiB}`,
    ...(cluster.diskSize === undefined ? [] : [`--disk-size=${cluster.diskSize}mb`]),
    ...(cluster.kubernetesVersion === undefined
      ? []
      : [`--kubernetes-version=${cluster.kubernetesVersion}`]),
    ...(cluster.addons.length === 0 ? [] : [`--addons=${cluster.addons.join(",")}`]),
    ...ports.map((port) => `--ports=127.0.0.1:${port}:${port}`),
    ...common(),
    "--wait=apiserver,system_pods,default_sa,node_ready",
  ];
}

/** Returns the arguments of `minikube start` for an existing profile, which keeps its configuration. */
export function restartArguments(profile: string): string[] {
  return ["start", `--profile=${profile}`, ...common()];
}

function common(): string[] {
  // The docker driver refuses root without --force.
  return ["--interactive=false", ...(process.getuid?.() === 0 ? ["--force"] : [])];
}

/** How Minikube is run. */
export interface Minikube {
  /** Its program. */
  file: string;
  /** The cluster that is created or started: a profile has the name of its context. */
  target: ClusterTarget;
  /** The environment of child processes; the target's kubeconfig is added. */
  env: NodeJS.ProcessEnv;
}

/**
 * Runs `minikube start` and reports its steps as notes.
 *
 * @throws UserError where it fails.
 */
export async function startMinikube(
  { file, target, env }: Minikube,
  args: readonly string[],
  progress: Progress,
): Promise<void> {
  const result = await run(file, args, {
    env: {
      ...env,
      ...target.environment,
      MINIKUBE_IN_STYLE: "false",
      MINIKUBE_WANTUPDATENOTIFICATION: "false",
    },
    onLine: (line) => {
      if (/^[*!X] /.test(line)) progress.note(line.slice(2));
    },
  });
  if (result.code === 0) return;
  const command = target.minikube(args.filter((one) => !one.startsWith("--profile=")).join(" "));
  throw new UserError(
    `\`${command}\` failed: ${lastLines(result)}`,
    `The output above names the cause; \`${target.minikube("logs")}\` has more. A profile that can't be started is created again after \`${target.minikube("delete")}\`.`,
  );
}
