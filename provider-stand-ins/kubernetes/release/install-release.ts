import type { OperationContext } from "../../protocol/provider";
import { runProgram } from "../../protocol/run-program";
import type { JsonObject } from "../../protocol/values";
import type { Connection } from "../connection";
import { unreachableFrom } from "./find-release";
import { flagsOf, timeoutFlag, timeoutSeconds } from "./helm-flags";
import { watchPods } from "./pod-watch";

/** A helm command failed. */
export class HelmFailed extends Error {
  /**
   * @param helmMessage helm's message.
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
    ...flagsOf(inputs, {
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
    ...flagsOf(inputs, {
      cleanupOnFail: "--cleanup-on-fail",
      forceUpdate: "--force",
      resetValues: "--reset-values",
      reuseValues: "--reuse-values",
    }),
  ]);
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
      : ["--wait", ...flagsOf(inputs, { waitForJobs: "--wait-for-jobs" })]),
    ...flagsOf(inputs, { atomic: "--atomic" }),
    ...(typeof inputs.description === "string" ? [`--description=${inputs.description}`] : []),
    ...connection.helmArgs,
    "--output=json",
  ];
  const watch = watchPods(connection.cluster, { name, namespace }, context);
  const { code, stderr } = await runProgram("helm", args, {
    env: connection.env,
    input: JSON.stringify(inputs.values ?? {}),
    signal: context.signal,
    // Cancelled, helm uninstalls the release or rolls it back; killed, it would leave it pending.
    endMs: 2000 * timeoutSeconds(inputs),
  }).finally(watch.stop);
  if (code === 0) return;
  // The command's own prefix is left out: the official plugin calls helm's library.
  const message = stderr
    .replaceAll(/^(WARNING|W\d{4}).*\n?/gm, "")
    .trim()
    .replace(/^(?:Error: )?(?:(?:INSTALLATION|UPGRADE) FAILED: )?/, "");
  const unreachable = unreachableFrom(message);
  if (unreachable !== undefined) {
    throw new Error(`configured Kubernetes cluster is unreachable: ${unreachable.message}`);
  }
  const findings = [...(await watch.findings()), ...unlockHint(message, name, namespace)];
  throw new HelmFailed(message, findings);
}

async function lint(connection: Connection, inputs: JsonObject): Promise<void> {
  const { code, stdout } = await runProgram("helm", ["lint", String(inputs.chart), "--values=-"], {
    env: connection.env,
    input: JSON.stringify(inputs.values ?? {}),
  });
  if (code !== 0) throw new Error(`malformed chart or values:\n${stdout.trim()}`);
}

/** Returns a hint for a release that an interrupted run has left locked. */
function unlockHint(message: string, name: string, namespace: string): string[] {
  if (!message.includes("another operation")) return [];
  return [
    `An earlier run was interrupted. See "helm history ${name} -n ${namespace}", then "helm rollback ${name} -n ${namespace}" to the last good revision, or "helm uninstall ${name} -n ${namespace}" where there is none.`,
  ];
}
