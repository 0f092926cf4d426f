import type { OperationContext } from "../../protocol/provider";
import { runProgram } from "../../protocol/run-program";
import type { JsonObject } from "../../protocol/values";
import type { Connection } from "../connection";
import { unreachableFrom } from "./find-release";
import { timeoutFlag } from "./helm-flags";

/**
 * Uninstalls a release. One that doesn't exist is an error with helm's own text, as in the official plugin:
 * `uninstall: Release not loaded: <name>: release: not found`. That includes one whose namespace is gone.
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
  throw (
    unreachableFrom(stderr) ??
    new Error(
      stderr
        .replace(/^(WARNING|W\d{4}).*\n?/gm, "")
        .trim()
        .replace(/^Error: /, ""),
    )
  );
}
