import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { RunOptions, RunResult } from "../../lib/process/run";
import { runProgram } from "../protocol/run-program";
import type { DockerCommand } from "./docker-command";
import { findDockerCommand } from "./docker-command";

const DEFAULT_HOST = "unix:///var/run/docker.sock";
/** Sockets of engines that belong to one user, in the home folder. */
const userSockets = [".docker/run/docker.sock", ".docker/desktop/docker.sock"];

/** The docker engine that the provider's configuration names. */
export class Daemon {
  readonly #explicit: boolean;
  readonly #certPath: string;
  #host: string;
  #command: Promise<DockerCommand> | undefined;

  /** @param config the provider's configuration; unset values come from DOCKER_HOST and DOCKER_CERT_PATH. */
  constructor(config: Readonly<Record<string, string>>) {
    const host = config.host ?? process.env.DOCKER_HOST ?? "";
    this.#explicit = host !== "";
    this.#host = host === "" ? DEFAULT_HOST : host;
    this.#certPath = config.certPath ?? process.env.DOCKER_CERT_PATH ?? "";
  }

  /**
   * Connects to the engine. Where no address is configured, it also tries the user's sockets and keeps the
   * first that answers.
   *
   * @throws Error where no engine answers.
   */
  async ping(): Promise<void> {
    const hosts = [this.#host];
    if (!this.#explicit) {
      const sockets = userSockets.map((socket) => join(homedir(), socket));
      hosts.push(...sockets.filter((socket) => existsSync(socket)).map((path) => `unix://${path}`));
    }
    let firstError = "";
    for (const host of hosts) {
      this.#host = host;
      const { code, stderr } = await this.docker(["version", "--format", "{{.Server.Version}}"]);
      if (code === 0) return;
      firstError ||= stderr.trim();
    }
    throw new Error(
      `failed to connect to any docker daemon: tried ${hosts.join(" and ")}: ${firstError}`,
    );
  }

  /** Runs a docker command against this engine. */
  async docker(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
    const env = { ...this.env(), ...options.env };
    return runProgram("docker", args, { ...options, env });
  }

  /** Returns the docker command for builds, which is searched for once. */
  async builder(): Promise<DockerCommand> {
    this.#command ??= findDockerCommand();
    return this.#command;
  }

  /** Returns the environment in which any docker command uses this engine. */
  env(): NodeJS.ProcessEnv {
    const {
      DOCKER_TLS_VERIFY: _t,
      DOCKER_CERT_PATH: _c,
      DOCKER_CONTEXT: _x,
      ...rest
    } = process.env;
    const local = this.#host.startsWith("unix:") || this.#host.startsWith("ssh:");
    const tls =
      local || this.#certPath === ""
        ? {}
        : { DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: this.#certPath };
    return { ...rest, DOCKER_HOST: this.#host, ...tls };
  }
}
