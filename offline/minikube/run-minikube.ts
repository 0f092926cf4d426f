import { environmentWith, run, runOrThrow, type RunResult } from "../../lib/process/run";
import { logFile } from "../core/paths";
import { toolFile } from "../tools";

/** The Minikube that is built here, or the one on PATH where it is not built. */
function minikube(): string {
  return toolFile("minikube") ?? "minikube";
}

/** No emoji, no prompts: the output goes into a log. */
const variables = {
  MINIKUBE_IN_STYLE: "false",
  MINIKUBE_WANTUPDATENOTIFICATION: "false",
  MINIKUBE_WANTREPORTERRORPROMPT: "false",
};

/**
 * Runs a Minikube command that must succeed.
 *
 * @param options.log the name of its log, see {@link logFile}.
 * @param options.hint what to do when it fails.
 * @throws CommandFailed where it fails.
 */
export async function runMinikube(
  args: readonly string[],
  { log, hint }: { log: string; hint?: string },
): Promise<void> {
  const env = environmentWith(variables);
  await runOrThrow(minikube(), args, {
    env,
    logFile: logFile(log),
    ...(hint === undefined ? {} : { hint }),
  });
}

/** Runs a Minikube query. A failure is part of the result. */
export function askMinikube(args: readonly string[]): Promise<RunResult> {
  return run(minikube(), args, { env: environmentWith(variables) });
}
