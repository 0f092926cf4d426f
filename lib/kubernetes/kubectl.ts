import type { Settings } from "../../settings";
import { UserError } from "../errors";
import { capture, lastWords, type Captured, type CaptureOptions } from "../process/capture";

type RunOptions = Pick<CaptureOptions, "timeoutMs" | "input">;

/** kubectl, bound to the configured context. */
export class Kubectl {
  constructor(
    private readonly file: string,
    private readonly settings: Pick<Settings, "context" | "kubeconfig">,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** Arguments that bind a command to the context. */
  get binding(): string[] {
    const { context, kubeconfig } = this.settings;
    return ["--context", context, ...(kubeconfig === "" ? [] : ["--kubeconfig", kubeconfig])];
  }

  /** Runs a command; what went wrong is in the result. */
  run(args: readonly string[], options: RunOptions = {}): Promise<Captured> {
    const all = { timeoutMs: 20_000, ...options, env: this.env };
    return capture(this.file, [...this.binding, ...args], all);
  }

  /** Runs a command and returns what it prints. */
  async text(args: readonly string[], options: RunOptions = {}): Promise<string> {
    const result = await this.run(args, options);
    if (result.code === 0) return result.stdout;
    throw new UserError(
      `\`kubectl ${args.join(" ")}\` failed: ${lastWords(result)}`,
      "`npm run doctor` says what is wrong with the cluster.",
    );
  }

  /** Runs a command that prints JSON. */
  async json<T>(args: readonly string[]): Promise<T> {
    return JSON.parse(await this.text([...args, "-o", "json"])) as T;
  }

  /** Whether the API server says that it is ready. */
  async ready(): Promise<boolean> {
    return (await this.run(["get", "--raw", "/readyz"], { timeoutMs: 5000 })).code === 0;
  }
}
