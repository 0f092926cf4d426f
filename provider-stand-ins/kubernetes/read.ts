/** Read: the object as it is, for refresh, `.get()` and import. */
import { InitFailed } from "../protocol/errors";
import type { ReadRequest, ReadResult } from "../protocol/provider";
import type { JsonObject, Properties } from "../protocol/values";
import { currentProblems } from "./await/ready";
import { withSecrets } from "./check";
import type { ObjectKind } from "./kinds";
import { Unreachable } from "./proxy";
import { fieldManagerOf, liveInputs, stateOf } from "./state";
import { idOf, placeOfId, skipsAwait } from "./target";
import type { Target } from "./target";

/** Set by the API server or its controllers, never by a program. */
const NOT_INPUTS = ["creationTimestamp", "generation", "managedFields", "resourceVersion", "uid"];
const NOT_ANNOTATIONS = [
  "deployment.kubernetes.io/revision",
  "kubectl.kubernetes.io/last-applied-configuration",
];

/** Reads an object; undefined when it is gone. */
export async function readObject(target: Target, request: ReadRequest): Promise<ReadResult> {
  const live = await find(target, request);
  if (live === undefined) return undefined;
  const id = request.id === "" ? idOf(live) : request.id;
  const fieldManager = fieldManagerOf(request.state);
  const known = Object.keys(request.inputs).length > 0 || Object.keys(request.state).length > 0;
  if (!known) {
    const inputs = withSecrets(target.kind.kind, inputsFrom(target.kind, live), {});
    return { id, inputs, state: stateOf(live, inputs, fieldManager) };
  }
  const inputs = liveInputs(live, request.inputs);
  const state = stateOf(live, inputs, fieldManager);
  const problems = skipsAwait(request.inputs)
    ? undefined
    : await currentProblems(target, live, request);
  if (problems !== undefined) {
    const message = `${target.kind.kind} ${id} exists, but is not ready`;
    throw new InitFailed(id, state, problems, message, inputs);
  }
  return { id, inputs, state };
}

async function find(target: Target, request: ReadRequest): Promise<JsonObject | undefined> {
  const { connection, kind } = target;
  try {
    return await connection.cluster.find(placeOfId(kind, request.id), request.signal);
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    request.log.warning(`the configured Kubernetes cluster is unreachable: ${error.message}`);
    if (connection.deleteUnreachable) {
      request.log.info("deleteUnreachable is set: the object is taken out of the state");
      return undefined;
    }
    throw new Error(
      `${kind.kind} ${request.id} can't be read, because the cluster is unreachable. If the cluster was deleted, run this again with PULUMI_K8S_DELETE_UNREACHABLE=true, which takes its objects out of the state`,
    );
  }
}

/** Inputs for an object that no program has described yet. */
function inputsFrom(kind: ObjectKind, live: JsonObject): Properties {
  const inputs: Properties = { apiVersion: kind.apiVersion, kind: kind.kind };
  for (const property of kind.properties) {
    if (live[property] !== undefined) inputs[property] = live[property];
  }
  const metadata: Properties = { ...(live.metadata as JsonObject) };
  for (const key of NOT_INPUTS) Reflect.deleteProperty(metadata, key);
  const annotations = Object.entries((metadata.annotations ?? {}) as JsonObject);
  const kept = annotations.filter(([name]) => !NOT_ANNOTATIONS.includes(name));
  if (kept.length === 0) delete metadata.annotations;
  else metadata.annotations = Object.fromEntries(kept);
  return { ...inputs, metadata };
}
