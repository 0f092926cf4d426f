import { InitFailed } from "../../protocol/init-failed";
import type { ReadRequest, ReadResult } from "../../protocol/provider";
import type { JsonObject, Properties } from "../../protocol/values";
import { Unreachable } from "../api/api-errors";
import { idOf, placeOfId } from "../api/place";
import { currentProblems } from "../await/readiness";
import { skipsAwait } from "./annotations";
import type { ObjectKind } from "./object-kinds";
import { withSecrets } from "./object-secrets";
import { fieldManagerOf, liveInputs, stateOf } from "./object-state";
import type { ObjectTarget } from "./object-target";

/** Metadata that the API server or its controllers set, never a program. */
const serverMetadata = [
  "creationTimestamp",
  "generation",
  "managedFields",
  "resourceVersion",
  "uid",
];
const serverAnnotations = [
  "deployment.kubernetes.io/revision",
  "kubectl.kubernetes.io/last-applied-configuration",
];

/**
 * Reads an object for a refresh, a `.get()` or an import. Returns undefined where it no longer exists.
 *
 * @throws InitFailed where the object exists but is not ready.
 */
export async function readObject(target: ObjectTarget, request: ReadRequest): Promise<ReadResult> {
  const { kind } = target;
  const { cluster } = target.connection;
  const live = await find(target, request);
  if (live === undefined) return undefined;
  const id = request.id === "" ? idOf(live) : request.id;
  const fieldManager = fieldManagerOf(request.state);
  const known = Object.keys(request.inputs).length > 0 || Object.keys(request.state).length > 0;
  if (!known) {
    const inputs = withSecrets(kind.kind, inputsFrom(kind, live), {});
    return { id, inputs, state: stateOf(live, inputs, fieldManager) };
  }
  const inputs = liveInputs(live, request.inputs);
  const state = stateOf(live, inputs, fieldManager);
  const problems = skipsAwait(request.inputs)
    ? undefined
    : await currentProblems({ cluster, kind, changed: live, before: live, signal: request.signal });
  if (problems !== undefined) {
    const message = `${kind.kind} ${id} exists, but is not ready`;
    throw new InitFailed(id, state, problems, message, inputs);
  }
  return { id, inputs, state };
}

async function find(target: ObjectTarget, request: ReadRequest): Promise<JsonObject | undefined> {
  const { connection, kind } = target;
  try {
    return await connection.cluster.find(placeOfId(kind, request.id), request.signal);
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    request.log.warning(`the configured Kubernetes cluster is unreachable: ${error.message}`);
    if (connection.deleteUnreachable) {
      request.log.info("deleteUnreachable is set: the object is removed from the state");
      return undefined;
    }
    throw new Error(
      `${kind.kind} ${request.id} can't be read, because the cluster is unreachable. If the cluster was deleted, run this again with PULUMI_K8S_DELETE_UNREACHABLE=true, which removes its objects from the state`,
    );
  }
}

/** Returns inputs for an object that no program has described yet. */
function inputsFrom(kind: ObjectKind, live: JsonObject): Properties {
  const inputs: Properties = { apiVersion: kind.apiVersion, kind: kind.kind };
  for (const property of kind.properties) {
    if (live[property] !== undefined) inputs[property] = live[property];
  }
  const metadata: Properties = { ...(live.metadata as JsonObject) };
  for (const key of serverMetadata) Reflect.deleteProperty(metadata, key);
  const annotations = Object.entries((metadata.annotations ?? {}) as JsonObject);
  const kept = annotations.filter(([name]) => !serverAnnotations.includes(name));
  if (kept.length === 0) delete metadata.annotations;
  else metadata.annotations = Object.fromEntries(kept);
  return { ...inputs, metadata };
}
