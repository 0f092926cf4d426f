import type { OperationContext } from "../../protocol/provider";
import { runProgram } from "../../protocol/run-program";
import type { JsonObject } from "../../protocol/values";
import type { Connection } from "../connection";
import { defaultTimeoutSeconds } from "./check-release";
import { unreachableFrom } from "./find-release";
import { watchPods } from "./pod-watch";

/** A helm command failed. */
export class HelmFailed extends Error {
  /**
   * @param helmMessage the command and helm's message.
   * @param findings what was wrong with pods of the release, and a hint where there is one.
   */
  constructor(
    readonly helmMessage: string,
    readonly findings: string[],
  ) {
    super([helmMessage, ...findings].join("\n"));
  }
}

/**
 * Installs a release from checked inputs.
 *
 * @throws HelmFailed where helm fails.
 */
export async function installRelease(
  connection: Connection,
  inputs: JsonObject,
  context: OperationContext,
): Promise<void> {
  await installOrUpgrade(connection, inputs, context, [
    "install",
    ...flags(inputs, {
      createNamespace: "--create-namespace",
      disableWebhooks: "--no-hooks",
      skipCrds: "--skip-crds",
    }),
  ]);
}

/**
 * Upgrades a release to checked inputs.
 *
 * @throws HelmFailed where helm fails.
 */
export async function upgradeRelease(
  connection: Connection,
  inputs: JsonObject,
  context: OperationContext,
): Promise<void> {
  if (inputs.lint === true) await lint(connection, inputs);
  await installOrUpgrade(connection, inputs, context, [
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

/**
 * Uninstalls a release. One that does not exist is no error.
 *
 * @throws Unreachable where the cluster doesn't answer.
 */
export async function uninstallRelease(
  connection: Connection,
  release: { name: string; namespace: string },
  inputs: JsonObject,
  { log, signal }: OperationContext,
): Promise<void> {
  const waits = inputs.atomic === true || inputs.skipAwait !== true;
  const { code, stderr, stdout } = await runProgram(
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
    if (kept !== "") log.warning(`helm uninstall: ${kept}`);
    return;
  }
  if (stderr.includes("release: not found")) return;
  throw unreachableFrom(stderr) ?? new Error(`helm uninstall failed: ${stderr.trim()}`);
}

async function installOrUpgrade(
  connection: Connection,
  inputs: JsonObject,
  context: OperationContext,
  command: string[],
): Promise<void> {
  const [name, namespace] = [String(inputs.name), String(inputs.namespace)];
  const args = [
    ...command,
    name,
    String(inputs.chart),
    `--namespace=${namespace}`,
    // Values can contain secrets, so they don't go on the command line, which every user can see.
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
  const watch = watchPods(connection.cluster, { name, namespace }, context);
  const { code, stderr } = await runProgram("helm", args, {
    env: connection.env,
    input: JSON.stringify(inputs.values ?? {}),
    signal: context.signal,
  }).finally(watch.stop);
  if (code === 0) return;
  const message = stderr.replaceAll(/^(WARNING|W\d{4}).*\n?/gm, "").trim();
  const unreachable = unreachableFrom(message);
  if (unreachable !== undefined) {
    throw new Error(`the configured Kubernetes cluster is unreachable: ${unreachable.message}`);
  }
  const findings = [...(await watch.findings()), ...unlockHint(message, name, namespace)];
  throw new HelmFailed(`helm ${command[0] ?? ""} failed: ${message}`, findings);
}

async function lint(connection: Connection, inputs: JsonObject): Promise<void> {
  const { code, stdout } = await runProgram("helm", ["lint", String(inputs.chart), "--values=-"], {
    env: connection.env,
    input: JSON.stringify(inputs.values ?? {}),
  });
  if (code !== 0) throw new Error(`malformed chart or values:\n${stdout.trim()}`);
}

function flags(inputs: JsonObject, names: Readonly<Record<string, string>>): string[] {
  return Object.entries(names).flatMap(([input, flag]) => (inputs[input] === true ? [flag] : []));
}

function timeoutFlag({ timeout }: JsonObject): string {
  const seconds = typeof timeout === "number" && timeout > 0 ? timeout : defaultTimeoutSeconds;
  return `--timeout=${seconds}s`;
}

/** Returns a hint for a release that an interrupted run has left locked. */
function unlockHint(message: string, name: string, namespace: string): string[] {
  if (!message.includes("another operation")) return [];
  return [
    `An earlier run was interrupted. See "helm history ${name} -n ${namespace}", then "helm rollback ${name} -n ${namespace}" to the last good revision, or "helm uninstall ${name} -n ${namespace}" where there is none.`,
  ];
}
