import { execFileSync } from "node:child_process";
import type { DockerEndpoint } from "./docker-host";

/** What Minikube says of one of its profiles. */
export interface MinikubeProfile {
  name: string;
  containerRuntime: string;
  /** The node's address, as seen from this machine where the driver allows it. */
  nodeAddress: string | undefined;
  /** NodePorts that the profile publishes on this machine's loopback. */
  publishedPorts: readonly number[];
}

interface ProfileList {
  valid?: {
    Name: string;
    Config: {
      KubernetesConfig: { ContainerRuntime: string };
      Nodes: { IP: string; ControlPlane: boolean }[];
      ExposedPorts: string[] | null;
    };
  }[];
}

/**
 * The profile of this name.
 *
 * @throws Error where Minikube doesn't answer, or has no such profile.
 */
export function readProfile(name: string): MinikubeProfile {
  const list = JSON.parse(minikube(["profile", "list", "--light", "-o", "json"])) as ProfileList;
  const profiles = list.valid ?? [];
  const config = profiles.find((profile) => profile.Name === name)?.Config;
  if (config === undefined) {
    const names = profiles.map((profile) => profile.Name).join(", ") || "none";
    throw new Error(
      `The kubeconfig's context "${name}" is a Minikube's, but there is no such profile (found: ${names}). ` +
        "`npm run up` makes it.",
    );
  }
  const node = config.Nodes.find((candidate) => candidate.ControlPlane) ?? config.Nodes[0];
  return {
    name,
    containerRuntime: config.KubernetesConfig.ContainerRuntime,
    nodeAddress: node?.IP,
    publishedPorts: publishedPorts(config.ExposedPorts ?? []),
  };
}

/**
 * Ports that are published on loopback under their own number, out of Minikube's `--ports` values
 * (`[address:]hostPort:port`, docker's form).
 */
export function publishedPorts(exposed: readonly string[]): number[] {
  return exposed.flatMap((entry) => {
    const [port, hostPort, address = "127.0.0.1"] = entry
      .replace(/\/tcp$/, "")
      .split(":")
      .reverse();
    const onLoopback = address === "127.0.0.1" || address === "0.0.0.0";
    return onLoopback && port !== undefined && port === hostPort ? range(port) : [];
  });
}

/** The ports of `30080`, or of `30000-30100`; none of what is no port, as `30080/udp`. */
function range(ports: string): number[] {
  const [, from = "", to = from] = /^(\d+)(?:-(\d+))?$/.exec(ports) ?? [];
  if (from === "") return [];
  return Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => Number(from) + index);
}

/**
 * The docker daemon inside the profile's node. Its port changes whenever Minikube starts, so it is
 * asked anew at each run.
 *
 * @throws Error where the profile isn't running or has another container runtime.
 */
export function nodeDockerEndpoint(profile: string): DockerEndpoint {
  const output = minikube(["-p", profile, "docker-env", "--shell", "none"]);
  const variables = new Map(
    output.split("\n").map((line) => {
      const [key = "", ...value] = line.trim().split("=");
      return [key, value.join("=")] as const;
    }),
  );
  const host = variables.get("DOCKER_HOST");
  const certPath = variables.get("DOCKER_CERT_PATH");
  if (!host || !certPath) {
    throw new Error(
      `minikube docker-env printed no DOCKER_HOST and DOCKER_CERT_PATH for profile "${profile}", but:\n${output}`,
    );
  }
  return { host, certPath };
}

function minikube(args: readonly string[]): string {
  try {
    return execFileSync("minikube", args, {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 60_000,
    });
  } catch (error) {
    const { code, stderr } = error as NodeJS.ErrnoException & { stderr?: string };
    if (code === "ENOENT") {
      throw new Error(
        "The context is a Minikube's, but `minikube` isn't on PATH. " +
          "`npm run up` brings it; `npm run doctor` prints the PATH that it uses.",
        { cause: error },
      );
    }
    const command = ["minikube", ...args].join(" ");
    throw new Error(
      `\`${command}\` failed: ${(stderr ?? String(error)).trim().split("\n").slice(-8).join("\n")}\n` +
        "Is the cluster running? `npm run up` starts it; `minikube status` says what it is.",
      { cause: error },
    );
  }
}
