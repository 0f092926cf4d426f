import type { OperationContext } from "../../protocol/provider";
import { runProgram } from "../../protocol/run-program";
import type { JsonObject } from "../../protocol/values";
import type { Connection } from "../connection";
import { unreachableFrom } from "./find-release";
import { timeoutFlag } from "./helm-flags";

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
