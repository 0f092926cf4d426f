import { execFileSync } from "node:child_process";
import { arch, machine, platform } from "node:os";
import type { Delivery } from "./delivery";
import type { DockerEndpoint } from "./host-docker-endpoint";

/** What decides which engine builds, and where the image runs. */
interface Build {
  readonly delivery: Delivery;
  /** The Minikube profile; undefined for another kind of cluster. */
  readonly profile?: { readonly driver: string; readonly nodeAddress: string | undefined };
  /** The docker daemon that builds; undefined: this machine's, at its usual address. */
  readonly builder?: DockerEndpoint;
}

/** Docker's names of processors, by Node's and by the kernel's. */
const processors = [
  { docker: "amd64", node: "x64", kernel: "x86_64" },
  { docker: "arm64", node: "arm64", kernel: "aarch64" },
  { docker: "s390x", node: "s390x", kernel: "s390x" },
  { docker: "ppc64le", node: "ppc64", kernel: "ppc64le" },
  { docker: "riscv64", node: "riscv64", kernel: "riscv64" },
] as const;

/** Minikube's drivers whose nodes may be on another machine: where the engine is, or at the end of SSH. */
const driversOfOtherMachines: readonly string[] = ["docker", "podman", "ssh"];

/**
 * Returns the platform of Linux engines on this machine, and of its virtual machines.
 *
 * @returns undefined where it isn't certain: on other systems Node.js may be emulated, and the engine runs in a
 *   virtual machine that the user may have chosen another processor for.
 */
export function linuxMachine(
  system: { platform: string; arch: string; machine: string } = {
    platform: platform(),
    arch: arch(),
    machine: machine(),
  },
): string | undefined {
  if (system.platform !== "linux") return undefined;
  const found = processors.find(
    ({ node, kernel }) => node === system.arch && kernel === system.machine,
  );
  return found && `linux/${found.docker}`;
}

/**
 * Returns the platform that images are built for unless the settings name one: that of the docker engine that
 * builds, as docker's plugin takes its own otherwise, and says so at each preview. The engine is asked only where
 * it may be another machine's.
 *
 * @returns undefined where it can't be asked.
 */
export function builderPlatform(
  build: Build,
  env: NodeJS.ProcessEnv = process.env,
  { here }: { here: string | undefined } = { here: linuxMachine() },
): string | undefined {
  return here !== undefined && isHere(build, env) ? here : askEngine(build.builder, env);
}

/** Whether the engine that builds, or the node that runs the image, is certainly on this machine. */
function isHere(
  { delivery, profile, builder }: Build,
  { DOCKER_HOST: dockerHost = "" }: NodeJS.ProcessEnv,
): boolean {
  const isVirtualMachine =
    profile !== undefined && !driversOfOtherMachines.includes(profile.driver);
  if (delivery.startsWith("minikube") && isVirtualMachine) return true;
  // A loopback address may be a tunnel.
  if (dockerHost !== "" && !dockerHost.startsWith("unix://")) return false;
  if (delivery !== "minikube-daemon") return builder === undefined;
  const host = builder === undefined ? "" : new URL(builder.host).hostname;
  return profile?.driver !== "ssh" && (host === "127.0.0.1" || host === profile?.nodeAddress);
}

function askEngine(
  builder: DockerEndpoint | undefined,
  env: NodeJS.ProcessEnv,
): string | undefined {
  try {
    const format = "{{.Server.Os}}/{{.Server.Arch}}";
    // Synchronous, because the program's exports depend on the cluster.
    const output = execFileSync("docker", ["version", "--format", format], {
      env: builder === undefined ? env : environmentOf(builder, env),
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 10_000,
    });
    return /^linux\/\w+$/.exec(output.trim())?.[0];
  } catch {
    // Official plugins need no docker command.
    return undefined;
  }
}

function environmentOf({ host, certPath }: DockerEndpoint, env: NodeJS.ProcessEnv) {
  const { DOCKER_CERT_PATH: _c, DOCKER_TLS_VERIFY: _v, ...others } = env;
  const certificates =
    certPath === undefined ? {} : { DOCKER_CERT_PATH: certPath, DOCKER_TLS_VERIFY: "1" };
  return { ...others, DOCKER_HOST: host, ...certificates };
}
