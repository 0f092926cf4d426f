import { createRequire } from "node:module";
import { join } from "node:path";
import { plannedRoom, planVariable } from "../../components/cluster";
import { UserError } from "../../lib/errors";
import { check, policyResource, type Violation } from "../../policies";
import { readStackConfig, type StackConfig } from "../stack/stack-config";
import { stackName } from "../stack/stack-name";
import { settingsOf } from "../stack/stack-settings";
import { missingSecrets, withPlaceholders } from "./placeholders";
import { type PlannedResource, plannedResource } from "./planned-resource";
import { answer, RenderedChart } from "./provider-answers";
import { FailedProgram, record } from "./record-program";
import type { Resources } from "./recorded-resources";

/**
 * What the program registers in one stack. It depends on the sources and settings alone, and is the same on
 * every machine; only `unchecked` and `violations` need helm for what they say about the chart.
 */
export interface Plan {
  format: typeof PLAN_FORMAT;
  project: string;
  stack: string;
  /** Keys of the secrets that aren't set: a placeholder replaces each. */
  placeholders: string[];
  /** Sorted by URN. */
  resources: PlannedResource[];
  violations: Violation[];
  /** What could not be checked, and why: a sentence each. */
  unchecked: string[];
}

/** The format of plans that this version writes and compares. */
export const PLAN_FORMAT = "todo-chatbot/plan/2";

const WITHOUT_HELM =
  "The objects of the Helm chart weren't checked, neither against the policies nor for a second owner: there is no helm on PATH.";

const WITHOUT_ENVIRONMENTS =
  "The values of the ESC environments that the stack's file imports are missing here: only Pulumi can read them.";

/**
 * Runs the program of a stack without an engine, a cluster or a docker daemon, and with placeholders for its
 * secrets, and checks the policies.
 *
 * @throws UserError where the settings are wrong, or the program fails.
 */
export async function createPlan(root: string, stack: string): Promise<Plan> {
  const stored = readStackConfig(root, stack);
  const placeholders = missingSecrets(stored);
  const config = withPlaceholders(stored, placeholders);
  const settings = settingsOf(config, stack);
  const chart = new RenderedChart();
  const registered = await recordProgram({ root, stack, config, chart });
  const resources = registered.all
    .filter(({ isRead }) => !isRead)
    .map(plannedResource)
    .sort((a, b) => (a.urn < b.urn ? -1 : 1));
  const room = plannedRoom(settings);
  const all = [...resources, ...chart.objects.map(policyResource)];
  return {
    format: PLAN_FORMAT,
    project: config.project,
    stack: stackName(stack),
    placeholders,
    resources,
    violations: all.flatMap((resource) => check(resource, { settings, room, resources: all })),
    unchecked: [
      ...(chart.isMissing ? [WITHOUT_HELM] : []),
      ...(stored.hasEnvironments ? [WITHOUT_ENVIRONMENTS] : []),
    ],
  };
}

interface ProgramRun {
  root: string;
  stack: string;
  config: StackConfig;
  chart: RenderedChart;
}

/** Runs the program from its first line, in its own folder, and returns what it registers. */
async function recordProgram({ root, stack, config, chart }: ProgramRun): Promise<Resources> {
  const entry = join(root, "index.ts");
  const load = createRequire(entry);
  const before = { folder: process.cwd(), variable: process.env[planVariable] };
  process.chdir(root);
  process.env[planVariable] = "1";
  const program = () => {
    // An earlier plan of this process has loaded it already.
    Reflect.deleteProperty(load.cache, entry);
    return load(entry) as object;
  };
  try {
    const { resources } = await record(program, {
      answer,
      call: chart.call,
      project: config.project,
      stack: stackName(stack),
      preview: true,
      config: config.values,
      secretKeys: config.secret,
    });
    return resources;
  } catch (error) {
    if (!(error instanceof FailedProgram)) throw error;
    throw new UserError(
      `The program of stack ${stack} failed: ${error.message}`,
      "Fix what it names; `npm run preview` shows the same on a running cluster.",
      { cause: error },
    );
  } finally {
    process.chdir(before.folder);
    if (before.variable === undefined) Reflect.deleteProperty(process.env, planVariable);
    else process.env[planVariable] = before.variable;
  }
}
