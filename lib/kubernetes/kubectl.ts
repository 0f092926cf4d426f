import { UserError } from "../errors";
import { lastLines, quote, run, type RunOptions, type RunResult } from "../process/run";
import type { ClusterTarget } from "./target";

type KubectlOptions = Pick<RunOptions, "timeoutMs" | "input">;
type KubectlResult = Pick<RunResult, "code" | "stdout" | "stderr">;

/** Runs kubectl on one cluster. */
export class Kubectl {
  readonly #file: string;
  readonly #target: ClusterTarget;
  readonly #env: NodeJS.ProcessEnv;

  /** @param file the kubectl program. */
  constructor(file: string, target: ClusterTarget, env: NodeJS.ProcessEnv) {
    this.#file = file;
    this.#target = target;
    this.#env = env;
  }

  /** Runs a command. A failure is part of the result. The time limit is 20 s unless set. */
  run(args: readonly string[], options: KubectlOptions = {}): Promise<KubectlResult> {
    const all = { timeoutMs: 20_000, ...options, env: this.#env };
    return run(this.#file, [...this.#target.kubectlArguments, ...args], all);
  }

  /**
   * Runs a command and returns what it prints.
   *
   * @throws UserError where it fails.
   */
  async text(args: readonly string[], options: KubectlOptions = {}): Promise<string> {
    const result = await this.run(args, options);
    if (result.code === 0) return result.stdout;
    throw new UserError(
      `\`${this.#target.kubectl(args.map(quote).join(" "))}\` failed: ${lastLines(result)}`,
      "`npm run doctor` says what is wrong with the cluster.",
    );
  }

  /** Runs a command with JSON output and returns the parsed result. */
  async json<T>(args: readonly string[]): Promise<T> {
    return JSON.parse(await this.text([...args, "-o", "json"])) as T;
  }

  /** Whether the API server reports that it is ready. */
  async ready(): Promise<boolean> {
    return (await this.run(["get", "--raw", "/readyz"], { timeoutMs: 5000 })).code === 0;
  }
}
