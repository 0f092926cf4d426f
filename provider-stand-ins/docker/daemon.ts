/** The docker engine that a provider means, and the docker command that reaches it. */
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { NotInstalled, run } from "../protocol/run";
import type { RunOptions, RunResult } from "../protocol/run";

const DEFAULT_HOST = "unix:///var/run/docker.sock";
/** Where engines of a single user listen. */
const USER_SOCKETS = [".docker/run/docker.sock", ".docker/desktop/docker.sock"];

/** A docker command, and how it builds. */
export interface DockerCommand {
  program: string;
  /** BuildKit inside the command, BuildKit by its buildx plugin, or only the classic builder. */
  builder: "buildkit" | "buildx" | "classic";
}

/** An engine. */
export class Daemon {
  private host: string;
  private readonly explicit: boolean;
  private readonly certPath: string;
  private command: Promise<DockerCommand> | undefined;

  constructor(config: Readonly<Record<string, string>>) {
    const host = config.host ?? process.env.DOCKER_HOST ?? "";
    this.explicit = host !== "";
    this.host = host === "" ? DEFAULT_HOST : host;
    this.certPath = config.certPath ?? process.env.DOCKER_CERT_PATH ?? "";
  }

  /** Fails with a sentence where no engine answers. */
  async ping(): Promise<void> {
    const hosts = [this.host];
    if (!this.explicit) {
      const sockets = USER_SOCKETS.map((socket) => join(homedir(), socket));
      hosts.push(...sockets.filter((socket) => existsSync(socket)).map((path) => `unix://${path}`));
    }
    let said = "";
    for (const host of hosts) {
      this.host = host;
      const { code, stderr } = await this.docker(["version", "--format", "{{.Server.Version}}"]);
      if (code === 0) return;
      said ||= stderr.trim();
    }
    throw new Error(
      `found no docker engine at ${hosts.join(" or ")}: ${said}. Start it, or set the docker provider's host (and certPath) to one that runs`,
    );
  }

  /** Runs the docker command against this engine. */
  async docker(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
    const env = { ...this.env(), ...options.env };
    return run("docker", args, { ...options, env });
  }

  /** The docker command that builds best, found once. */
  async builder(): Promise<DockerCommand> {
    this.command ??= findBuilder();
    return this.command;
  }

  /** The environment that leads any docker command to this engine. */
  env(): NodeJS.ProcessEnv {
    const {
      DOCKER_TLS_VERIFY: _t,
      DOCKER_CERT_PATH: _c,
      DOCKER_CONTEXT: _x,
      ...rest
    } = process.env;
    const local = this.host.startsWith("unix:") || this.host.startsWith("ssh:");
    const tls =
      local || this.certPath === ""
        ? {}
        : { DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: this.certPath };
    return { ...rest, DOCKER_HOST: this.host, ...tls };
  }
}

/**
 * Finds a docker command that can do BuildKit: up to version 22 it is built in, later ones need the
 * buildx plugin. A machine can have both kinds, so all places on PATH are looked at.
 */
async function findBuilder(): Promise<DockerCommand> {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/bin", "/usr/local/bin"];
  const programs = [...new Set(folders.map((folder) => join(folder, "docker")))].filter(existsSync);
  const [first] = programs;
  if (first === undefined) throw new NotInstalled("found no program docker on PATH");
  for (const program of programs) {
    const { stdout } = await run(program, ["--version"]);
    const major = Number(/version (\d+)/i.exec(stdout)?.[1] ?? NaN);
    if (major < 23) return { program, builder: "buildkit" };
    const buildx = await run(program, ["buildx", "version"]);
    if (buildx.code === 0) return { program, builder: "buildx" };
  }
  return { program: first, builder: "classic" };
}
