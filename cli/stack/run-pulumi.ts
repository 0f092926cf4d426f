import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../../lib/errors";
import { lastLines, run, type RunResult } from "../../lib/process/run";
import { type ForegroundResult, runInForeground } from "../../lib/process/run-in-foreground";
import { type Environment, toolFile } from "../environment/environment";
import type { Explanation } from "../explain/failures/failure";
import { explainFailure, failureContext } from "../explain/known-failures";
import { dropUnusedSalt, hasSalt } from "./encryption-salt";
import { type EngineReport, readEvents } from "./engine-events";
import { stackFile } from "./stack-config";

/** What every pulumi process needs: the program's folder, the tools and the variables. */
export type PulumiEnvironment = Pick<Environment, "root" | "tools" | "env">;

/** What a pulumi process of one stack needs. */
export type StackEnvironment = PulumiEnvironment &
  Pick<Environment, "stack" | "settings" | "target">;

/** The result of an update: what the engine reported, and how pulumi ended. */
export interface UpdateResult extends EngineReport {
  code: number;
  /** All error messages, of the engine and of the CLI itself. */
  errorText: string;
}

/** Follows an update while it runs. */
export interface UpdateFollower {
  /**
   * Called when the update begins.
   *
   * @param eventLog the file of the engine's event log.
   * @param endUpdate asks pulumi to end the update in order: what is under way is cancelled, the state is
   *   written and the stack is unlocked.
   */
  start(eventLog: string, endUpdate: () => void): void;
  /** Called when pulumi has ended. */
  stop(): Promise<void>;
}

/** A pulumi command that failed. The message has pulumi's last lines. */
export class PulumiError extends UserError {
  /** What pulumi wrote to standard error. */
  readonly stderr: string;
  /** The cause and the hint, where the failure is a known one. */
  readonly explanation: Explanation | undefined;

  constructor(
    args: readonly string[],
    result: Pick<RunResult, "stdout" | "stderr">,
    explanation?: Explanation,
  ) {
    const message = `\`pulumi ${args.join(" ")}\` failed: ${lastLines(result)}`;
    super(
      explanation === undefined ? message : `${message}\n${explanation.cause}`,
      explanation?.hint ?? "`npm run doctor` says what is wrong with the tools and the stack.",
    );
    this.name = "PulumiError";
    this.stderr = result.stderr;
    this.explanation = explanation;
  }
}

/**
 * Runs an update (up, preview, destroy) on this terminal with Pulumi's own display, and reads from the
 * event log what the engine reports.
 */
export async function runUpdate(
  environment: StackEnvironment,
  args: readonly string[],
  follower?: UpdateFollower,
): Promise<UpdateResult> {
  const folder = await mkdtemp(join(tmpdir(), "todo-chatbot-"));
  const log = join(folder, "events.json");
  // Dots that can't be redrawn would fill a log.
  const display = process.stdout.isTTY ? [] : ["--suppress-progress"];
  // The flag --event-log, which Pulumi's Automation API uses too, comes with this variable.
  const env = { ...environment.env, PULUMI_DEBUG_COMMANDS: "true" };
  const end = new AbortController();
  follower?.start(log, () => {
    end.abort();
  });
  const file = stackFile(environment.root, environment.stack);
  const hadSalt = hasSalt(file);
  try {
    const { code, stderr } = await runPulumiInForeground(
      { ...environment, env },
      [...args, ...["--stack", environment.stack, "--event-log", log], ...display],
      end.signal,
    );
    const report = readEvents(await readFile(log, "utf8").catch(() => ""));
    return { ...report, code, errorText: [...report.errors, stderr].join("\n") };
  } finally {
    await follower?.stop();
    if (!hadSalt) dropUnusedSalt(file);
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Runs a pulumi command and returns what it prints.
 *
 * @throws PulumiError where it fails.
 */
export async function pulumiOutput(
  environment: StackEnvironment,
  args: readonly string[],
): Promise<string> {
  const result = await runPulumi(environment, args);
  if (result.code === 0) return result.stdout;
  throw new PulumiError(args, result, explainFailure(result.stderr, failureContext(environment)));
}

/**
 * Runs a pulumi command without questions. A failure is part of the result.
 *
 * @param input text for standard input, for values that must not be seen among the arguments.
 */
export function runPulumi(
  { root, env, tools }: PulumiEnvironment,
  args: readonly string[],
  input = "",
): Promise<RunResult> {
  const all = [...args, "--non-interactive"];
  return run(toolFile({ tools }, "pulumi"), all, { cwd: root, env, input });
}

/**
 * Runs a pulumi command on this terminal.
 *
 * @param interrupt ends the command in order, as Ctrl-C does.
 */
export function runPulumiInForeground(
  { root, env, tools }: PulumiEnvironment,
  args: readonly string[],
  interrupt?: AbortSignal,
): Promise<ForegroundResult> {
  return runInForeground(toolFile({ tools }, "pulumi"), args, { cwd: root, env, interrupt });
}
