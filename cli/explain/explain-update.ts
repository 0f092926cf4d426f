import type { ConsoleProgress } from "../../lib/progress/console-progress";
import type { Environment } from "../environment/environment";
import type { UpdateResult } from "../stack/run-pulumi";
import type { Obstacle } from "../watch/obstacles";
import { type Explained, explainEvidence, failureContext } from "./known-failures";

/**
 * Explains a failed update below Pulumi's own output: one cause and one hint, and after them what the
 * cluster says, where it supports them.
 *
 * The evidence is asked in this order: what the API server refused, what pulumi and the providers report,
 * the pods that fail. A pod that is ready, and one that this update doesn't wait for, is no evidence.
 *
 * @param obstacles what was in the way of the update, as the watch saw it.
 * @returns the exit code of the command; never 0.
 */
export function explainUpdate(
  environment: Pick<Environment, "stack" | "settings" | "target">,
  { errorText, lastLines, code }: Pick<UpdateResult, "errorText" | "lastLines" | "code">,
  progress: Pick<ConsoleProgress, "say">,
  obstacles: readonly Obstacle[] = [],
): number {
  const textsOf = (source: Obstacle["source"]): string[] =>
    unique(obstacles.filter((one) => one.source === source).map(({ text }) => text));
  const [refused, pods] = [textsOf("refused"), textsOf("pod")];
  const reported = [errorText, ...lastLines];
  const evidence = [refused, reported, pods].map((lines) => lines.join("\n"));
  const explained = explainEvidence(evidence, failureContext(environment));
  const { cause, hint } = explained?.explanation ?? {
    cause: refused[0] ?? pods[0] ?? "Pulumi failed; its message is above.",
    hint: "`npm run doctor` looks at everything that this depends on.",
  };
  progress.say(`✗ ${cause}`);
  progress.say(`  → ${hint}`);
  for (const line of support(explained, refused, lastLines, pods)) progress.say(`  · ${line}`);
  return code === 0 ? 1 : code;
}

/** Returns the lines on which an explanation rests, as far as Pulumi hasn't shown them. */
function support(
  explained: Explained | undefined,
  refused: readonly string[],
  lastLines: readonly string[],
  pods: readonly string[],
): readonly string[] {
  // A cause that pulumi reports needs no pods: they are only its consequence.
  if (explained?.isCause === true) return [refused, lastLines, pods][explained.source] ?? [];
  return [...refused, ...pods];
}

function unique(lines: readonly string[]): string[] {
  return [...new Set(lines)];
}
