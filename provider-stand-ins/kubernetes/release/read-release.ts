import type { ReadRequest, ReadResult } from "../../protocol/provider";
import type { Properties } from "../../protocol/values";
import { Unreachable } from "../api/api-errors";
import type { Connection } from "../connection";
import type { FoundRelease } from "./find-release";
import { findRelease } from "./find-release";
import { stateOf } from "./release-state";

/** Reads a release for a refresh, a `.get()` or an import. Returns undefined where it no longer exists. */
export async function readRelease(
  connection: Connection,
  request: ReadRequest,
): Promise<ReadResult> {
  const [namespace = "", name = ""] = request.id.split("/");
  let found: FoundRelease | undefined;
  try {
    found = await findRelease(connection, name, namespace);
  } catch (error) {
    if (!(error instanceof Unreachable) || !connection.deleteUnreachable) throw error;
    request.log.info("deleteUnreachable is set: the release is removed from the state");
  }
  if (found === undefined) return undefined;
  const imported = Object.keys(request.inputs).length === 0;
  const { chart, version, config } = found;
  const inputs: Properties = imported
    ? {
        name,
        namespace,
        chart,
        version,
        ...(Object.keys(config).length > 0 ? { values: config } : {}),
      }
    : request.inputs;
  return { id: request.id, inputs, state: stateOf(inputs, found) };
}
