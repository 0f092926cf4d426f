import { createRequire } from "node:module";
import { join } from "node:path";
import { planVariable } from "../../components/cluster";
import { parseSettings, secretKeys, SettingsError } from "../../settings";
import { check, policyResource, SECRET, UNKNOWN, type Violation } from "../../policies";
import { UserError } from "../../lib/errors";
import { concealed, readStackConfig, type StackConfig } from "../stack/stack-config";
import { settingsOf } from "../stack/stack-settings";
import { answer, RenderedChart } from "./provider-answers";
import { FailedProgram, record } from "./record-program";
import { isUnknown, type Registered } from "./registered-resource";
import { isSecret, unwrap } from "../../lib/pulumi/values";

/** A resource that the program asks for. Secrets and what only an update can tell stand by their signs. */
export interface PlannedResource {
  urn: string;
  type: string;
  name: string;
  /** URN of the explicit provider; undefined: the package's default one. */
  provider?: string;
  /** Inputs whose change leaves the resource as it is. */
  ignoreChanges?: string[];
  inputs: Record<string, unknown>;
}

/**
 * What the program asks for in one stack: the same for the same sources and settings on every machine, but
 * that `unchecked` and `violations` need a helm for what they say of the chart.
 */
export interface Plan {
  format: typeof planFormat;
  project: string;
  stack: string;
  /** Secrets that nobody has set: a placeholder stands for each. */
  placeholders: string[];
  /** Sorted by URN. */
  resources: PlannedResource[];
  violations: Violation[];
  /** What nobody has looked at, and why: a sentence each. */
  unchecked: string[];
}

/** The format of plans that this version writes and compares. */
export const planFormat = "todo-chatbot/plan/2";

const withoutHelm =
  "The objects of the Helm chart weren't checked, neither against the policies nor for a second owner: there is no helm on PATH.";

/**
 * Runs the program of a stack without an engine, a cluster or a docker daemon, and with placeholders for its
 * secrets.
 *
 * @throws UserError where the settings are wrong, or the program fails.
 */
export async function makePlan(root: string, stack: string): Promise<Plan> {
  const own = readStackConfig(root, stack);
  const placeholders = missingSecrets(own);
  const config = withPlaceholders(own, placeholders);
  const settings = settingsOf(config, stack);
  const entry = join(root, "index.ts");
  const load = createRequire(entry);
  const before = { folder: process.cwd(), variable: process.env[planVariable] };
  process.chdir(root);
  process.env[planVariable] = "1";
  try {
    const { project } = config;
    const chart = new RenderedChart();
    const { call } = chart;
    const run = { answer, call, project, stack, preview: true, config: config.values };
    const { resources } = await record(
      () => {
        // From its first line, also where it has been loaded before.
        Reflect.deleteProperty(load.cache, entry);
        return load(entry) as object;
      },
      {
        ...run,
        secretKeys: config.secret,
      },
    );
    const planned = resources.all.filter(({ isRead }) => !isRead).map(plannedResource);
    const sorted = planned.sort((a, b) => (a.urn < b.urn ? -1 : 1));
    const all = [...sorted, ...chart.objects.map(policyResource)];
    const violations = all.flatMap((resource) => check(resource, { settings, resources: all }));
    return {
      format: planFormat,
      project,
      stack,
      placeholders,
      resources: sorted,
      violations,
      unchecked: chart.isMissing ? [withoutHelm] : [],
    };
  } catch (error) {
    if (!(error instanceof FailedProgram)) throw error;
    throw new UserError(
      `The program of stack ${stack} failed: ${error.message}`,
      "Mend what it names; `npm run preview` shows the same on a running cluster.",
      { cause: error },
    );
  } finally {
    process.chdir(before.folder);
    if (before.variable === undefined) Reflect.deleteProperty(process.env, planVariable);
    else process.env[planVariable] = before.variable;
  }
}

/** The secrets that the settings miss, where nothing else is wrong with them. */
function missingSecrets(config: StackConfig): string[] {
  try {
    parseSettings(config.values);
    return [];
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const isSecretKey = (key: string) => secretKeys.some((secret) => secret === key);
    const missing = error.problems.filter(
      ({ key, found }) => isSecretKey(key) && found === "nothing",
    );
    return missing.length === error.problems.length ? missing.map(({ key }) => key) : [];
  }
}

/** The configuration, with a placeholder for each of some secrets. */
function withPlaceholders(config: StackConfig, keys: readonly string[]): StackConfig {
  const values = Object.fromEntries(keys.map((key) => [key, concealed]));
  return {
    ...config,
    values: { ...config.values, ...values },
    secret: [...config.secret, ...keys],
  };
}

function plannedResource({ urn, type, name, wire, provider, ignoreChanges }: Registered) {
  // Dynamic resources have their provider's code among their inputs.
  const entries = Object.entries(wire)
    .filter(([key]) => !key.startsWith("__"))
    .map(([key, value]) => [key, holdsSecrets(type, key) ? keyed(value) : value] as const);
  return {
    urn,
    type,
    name,
    // `urn::id`, and no id at a preview.
    ...(provider !== "" && { provider: provider.slice(0, provider.lastIndexOf("::")) }),
    ...(ignoreChanges.length > 0 && { ignoreChanges }),
    inputs: signed(Object.fromEntries(entries)) as Record<string, unknown>,
  };
}

/** Whether an input is a Secret's contents, whose keys are no secret. */
function holdsSecrets(type: string, key: string): boolean {
  return type === "kubernetes:core/v1:Secret" && (key === "data" || key === "stringData");
}

/** Contents as a whole secret, or with secrets inside: the keys stay, each with a sign for its value. */
function keyed(contents: unknown): unknown {
  const plain = isSecret(contents) ? unwrap(contents) : undefined;
  if (typeof plain !== "object" || plain === null) return contents;
  return Object.fromEntries(Object.keys(plain).map((key) => [key, SECRET]));
}

/** Inputs as JSON, with signs for secrets and unknown values, and keys in order. */
function signed(value: unknown): unknown {
  if (isSecret(value)) return SECRET;
  if (isUnknown(value)) return UNKNOWN;
  if (Array.isArray(value)) return value.map(signed);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, signed(inner)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
