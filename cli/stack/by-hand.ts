import { UserError } from "../../lib/errors";
import type { Progress } from "../../lib/progress/progress";
import { parseArguments } from "../arguments";
import { detectCluster } from "../environment/detect/cluster";
import { detect } from "../environment/detect/detect";
import type { Detected, DetectedTools } from "../environment/environment";
import { runPulumi } from "./run-pulumi";
import { compareCluster, refusalOf } from "./same-cluster";
import { findState, recordedCluster } from "./state";

/** Which providers a command of Pulumi uses: those of the program or those of the state. */
export type ProvidersOf = "program" | "state";

const byProgram = ["up", "update", "watch"];
const byState = ["destroy", "down", "dn", "refresh"];

/**
 * Returns which providers a command of Pulumi that changes the cluster or reads all of it uses.
 *
 * @returns undefined for any other command.
 */
export function providersOf(argv: readonly string[]): ProvidersOf | undefined {
  const { rest, help } = parseArguments(argv);
  const command = commandOf(rest);
  if (help) return undefined;
  if (byProgram.includes(command)) return "program";
  if (!byState.includes(command)) return undefined;
  const runsProgram = rest.some((argument) => /^--run-program(=(1|t|true))?$/i.test(argument));
  return runsProgram ? "program" : "state";
}

/** Pulumi's global flags without a value. Any other flag before the command takes the next argument. */
const switches = [
  ...["-e", "--emoji", "-Q", "--fully-qualify-stack-names", "--disable-integrity-checking"],
  ...["--logflow", "--logtostderr", "--non-interactive"],
];

/** Returns the command among the arguments as Pulumi's parser (cobra) finds it. */
function commandOf(argv: readonly string[]): string {
  for (let index = 0; index < argv.length; index++) {
    const argument = argv[index] ?? "";
    if (!argument.startsWith("-")) return argument;
    const hasValue = argument.startsWith("--") ? !argument.includes("=") : argument.length === 2;
    if (hasValue && !switches.includes(argument)) index++;
  }
  return "";
}

/**
 * Refuses a command of Pulumi that would reach another cluster than the one that its stack is deployed to. A
 * cluster that can't be reached is left to Pulumi, which has its own variables for that.
 *
 * @throws UserError that names both clusters.
 */
export async function assertSameClusterByHand(
  tools: DetectedTools,
  argv: readonly string[],
  progress: Pick<Progress, "note">,
): Promise<void> {
  const providers = providersOf(argv);
  const stack = providers && (await stackOf(tools, argv));
  if (stack === undefined) return;
  const detected = await detectIfValid(tools.root, stack);
  if (detected === undefined) return;
  const reached = providers === "state" ? await withRecordedTarget(detected) : detected;
  const comparison = await compareCluster(reached, progress);
  if (comparison === undefined || comparison.relation === "unreachable") return;
  const refusal = refusalOf(comparison, stack);
  if (refusal !== undefined) throw refusal;
}

async function stackOf(tools: DetectedTools, argv: readonly string[]): Promise<string | undefined> {
  const { stack, stackGiven } = parseArguments(argv);
  if (stackGiven) return stack;
  const { code, stdout } = await runPulumi(tools, ["stack", "--show-name"]);
  return code === 0 ? stdout.trim() : undefined;
}

/** Returns what is there for a stack; undefined where its settings are invalid: the program itself says so. */
async function detectIfValid(root: string, stack: string): Promise<Detected | undefined> {
  try {
    return await detect(root, stack);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** Returns the same record for the cluster of the recorded provider. */
async function withRecordedTarget(detected: Detected): Promise<Detected> {
  const state = await findState(detected);
  const recorded = state && recordedCluster(state);
  if (recorded?.context === undefined) return detected;
  const { context, kubeconfig } = recorded;
  const target = detected.target.with({ context, kubeconfig });
  const cluster = await detectCluster(target, detected.env, detected.directories.home);
  return { ...detected, target, cluster };
}
