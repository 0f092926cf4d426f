/** What helm is told to do, and what is made of its failures. */
import type { Operation } from "../../protocol/provider";
import { run } from "../../protocol/run";
import type { JsonObject } from "../../protocol/values";
import type { Connection } from "../provider";
import { unreachableFrom } from "./lookup";
import { witness } from "./witness";

const DEFAULT_TIMEOUT_S = 300;

/** Helm's own message, with what the cluster told meanwhile. */
export class HelmFailed extends Error {
  constructor(
    readonly said: string,
    /** What pods and jobs of the release said, and the way out where there is one to tell. */
    readonly findings: string[],
  ) {
    super([said, ...findings].join("\n"));
  }
}

type About = Pick<Operation, "log" | "signal">;

/** Installs a release from checked inputs. */
export async function installRelease(
  connection: Connection,
  inputs: JsonObject,
  about: About,
): Promise<void> {
  await change(connection, inputs, about, [
    "install",
    ...flags(inputs, {
      createNamespace: "--create-namespace",
      disableWebhooks: "--no-hooks",
      skipCrds: "--skip-crds",
    }),
  ]);
}

/** Upgrades a release to checked inputs. */
export async function upgradeRelease(
  connection: Connection,
  inputs: JsonObject,
  about: About,
): Promise<void> {
  if (inputs.lint === true) await lint(connection, inputs);
  await change(connection, inputs, about, [
    "upgrade",
    `--history-max=${String(inputs.maxHistory ?? 0)}`,
    ...flags(inputs, {
      cleanupOnFail: "--cleanup-on-fail",
      forceUpdate: "--force",
      resetValues: "--reset-values",
      reuseValues: "--reuse-values",
    }),
  ]);
}

/** Uninstalls a release; one that is gone already is no error. */
export async function uninstallRelease(
  connection: Connection,
  release: { name: string; namespace: string },
  inputs: JsonObject,
  { log, signal }: About,
): Promise<void> {
  const waits = inputs.atomic === true || inputs.skipAwait !== true;
  const { code, stderr, stdout } = await run(
    "helm",
    [
      "uninstall",
      release.name,
      `--namespace=${release.namespace}`,
      ...(waits ? ["--wait", timeoutFlag(inputs)] : []),
      ...connection.helmArgs,
    ],
    { env: connection.env, signal },
  );
  if (code === 0) {
    const kept = stdout.split("\n").slice(1).join("\n").trim();
    if (kept !== "") log.warning(`helm uninstall said: ${kept}`);
    return;
  }
  if (stderr.includes("release: not found")) return;
  throw unreachableFrom(stderr) ?? new Error(`helm uninstall failed: ${stderr.trim()}`);
}

async function change(
  connection: Connection,
  inputs: JsonObject,
  about: About,
  command: string[],
): Promise<void> {
  const [name, namespace] = [String(inputs.name), String(inputs.namespace)];
  const args = [
    ...command,
    name,
    String(inputs.chart),
    `--namespace=${namespace}`,
    // By standard input, since values can hold secrets and a command line is for all to see.
    "--values=-",
    timeoutFlag(inputs),
    ...(inputs.skipAwait === true
      ? []
      : ["--wait", ...flags(inputs, { waitForJobs: "--wait-for-jobs" })]),
    ...flags(inputs, { atomic: "--atomic" }),
    ...(typeof inputs.description === "string" ? [`--description=${inputs.description}`] : []),
    ...connection.helmArgs,
    "--output=json",
  ];
  const watched = witness(connection.cluster, { name, namespace }, about);
  const { code, stderr } = await run("helm", args, {
    env: connection.env,
    input: JSON.stringify(inputs.values ?? {}),
    signal: about.signal,
  }).finally(watched.stop);
  if (code === 0) return;
  const said = stderr.replaceAll(/^(WARNING|W\d{4}).*\n?/gm, "").trim();
  const unreachable = unreachableFrom(said);
  if (unreachable !== undefined) {
    throw new Error(`the configured Kubernetes cluster is unreachable: ${unreachable.message}`);
  }
  const findings = [...(await watched.findings()), ...repair(said, name, namespace)];
  throw new HelmFailed(`helm ${command[0] ?? ""} failed: ${said}`, findings);
}

async function lint(connection: Connection, inputs: JsonObject): Promise<void> {
  const { code, stdout } = await run("helm", ["lint", String(inputs.chart), "--values=-"], {
    env: connection.env,
    input: JSON.stringify(inputs.values ?? {}),
  });
  if (code !== 0) throw new Error(`malformed chart or values:\n${stdout.trim()}`);
}

function flags(inputs: JsonObject, names: Readonly<Record<string, string>>): string[] {
  return Object.entries(names).flatMap(([input, flag]) => (inputs[input] === true ? [flag] : []));
}

function timeoutFlag({ timeout }: JsonObject): string {
  const seconds = typeof timeout === "number" && timeout > 0 ? timeout : DEFAULT_TIMEOUT_S;
  return `--timeout=${seconds}s`;
}

/** The way out of a release that an interrupted run has left locked. */
function repair(said: string, name: string, namespace: string): string[] {
  if (!said.includes("another operation")) return [];
  return [
    `An earlier run was interrupted. See "helm history ${name} -n ${namespace}", then "helm rollback ${name} -n ${namespace}" to the last good revision, or "helm uninstall ${name} -n ${namespace}" where there is none.`,
  ];
}
