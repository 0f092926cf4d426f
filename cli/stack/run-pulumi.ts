import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../../lib/errors";
import { explainFailure, failureContext, type Explanation } from "../explain/known-failures";
import { toolFile, type Environment } from "../environment/environment";
import { run, lastLines } from "../../lib/process/run";
import { runInForeground } from "../../lib/process/run-in-foreground";
import { readEvents, type EngineReport } from "./engine-events";

/** How an update ended. */
export interface UpdateResult extends EngineReport {
  code: number;
  /** Everything that says what went wrong: the engine's errors and the CLI's own. */
  complaints: string;
}

/**
 * Runs one of pulumi's updates (up, preview, destroy) on this terminal, with its own display, and
 * reads beside it what the engine reports.
 */
export async function update(machine: Environment, args: readonly string[]): Promise<UpdateResult> {
  const folder = await mkdtemp(join(tmpdir(), "todo-chatbot-"));
  const log = join(folder, "events.json");
  try {
    const { code, stderr } = await runInForeground(
      toolFile(machine, "pulumi"),
      [...args, "--stack", machine.stack, "--event-log", log, ...display()],
      {
        cwd: machine.root,
        // The flag --event-log, which Pulumi's Automation API uses too, comes with this variable.
        env: { ...machine.env, PULUMI_DEBUG_COMMANDS: "true" },
      },
    );
    const report = readEvents(await readFile(log, "utf8").catch(() => ""));
    return { ...report, code, complaints: [...report.errors, stderr].join("\n") };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Where nothing can be redrawn, Pulumi's dots would fill the log. */
function display(): string[] {
  return process.stdout.isTTY ? [] : ["--suppress-progress"];
}

/** Runs a pulumi command for what it prints. */
export async function ask(machine: Environment, args: readonly string[]): Promise<string> {
  const result = await run(toolFile(machine, "pulumi"), [...args, "--non-interactive"], {
    cwd: machine.root,
    env: machine.env,
  });
  if (result.code === 0) return result.stdout;
  const known = explainFailure(result.stderr, failureContext(machine));
  throw new PulumiError(
    `\`pulumi ${args.join(" ")}\` failed: ${lastLines(result)}`,
    known ?? { hint: "`npm run doctor` says what is wrong with the tools and the stack." },
  );
}

/** A pulumi command that failed; its message holds what pulumi said. */
export class PulumiError extends UserError {
  constructor(message: string, { cause, hint }: Partial<Explanation> & { hint: string }) {
    super(cause === undefined ? message : `${message}\n${cause}`, hint);
  }
}
