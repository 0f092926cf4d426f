import { InitFailed } from "../../protocol/init-failed";
import type { DeleteRequest } from "../../protocol/provider";
import type { JsonObject } from "../../protocol/values";
import { ApiError, Unreachable } from "../api/api-errors";
import { placeOfId } from "../api/place";
import { awaitDeletion } from "../await/deletion";
import { NotReady } from "../await/look";
import { annotation, ANNOTATIONS, skipsAwait, timeoutOf } from "./annotations";
import { fieldManagerOf, stateOf } from "./object-state";
import type { ObjectTarget } from "./object-target";

/** Propagation policies of the API, by the annotation's value. */
const policies: Readonly<Record<string, string>> = { orphan: "Orphan", background: "Background" };

/**
 * Deletes an object and waits until it and its dependents no longer exist. An object that does not exist is no
 * error.
 *
 * @throws InitFailed where the object still exists after the timeout.
 */
export async function deleteObject(target: ObjectTarget, request: DeleteRequest): Promise<void> {
  const { connection, kind } = target;
  const { oldInputs, signal } = request;
  const place = placeOfId(kind, request.id);
  if (kind.patch) {
    await relinquish(target, request);
    return;
  }
  const policy = annotation(oldInputs, ANNOTATIONS.deletionPropagation).toLowerCase();
  let answer: JsonObject;
  try {
    answer = await connection.cluster.object(place, {
      method: "DELETE",
      // In the foreground the object exists until its dependents (ReplicaSets, pods) are deleted.
      body: { propagationPolicy: policies[policy] ?? "Foreground" },
      signal,
    });
  } catch (error) {
    if (error instanceof ApiError && error.code === 404) return;
    if (!(error instanceof Unreachable)) throw error;
    if (connection.deleteUnreachable) {
      request.log.info("deleteUnreachable is set: the object is removed from the state");
      return;
    }
    throw new Error(
      `configured Kubernetes cluster is unreachable: ${error.message}. If the cluster was deleted, you can remove this resource from Pulumi state by rerunning the operation with the PULUMI_K8S_DELETE_UNREACHABLE environment variable set to "true"`,
    );
  }
  if (skipsAwait(oldInputs) && kind.skipsDeleteAwait) return;
  const timeout = timeoutOf(request, oldInputs);
  const { cluster } = connection;
  try {
    await awaitDeletion({ cluster, kind: kind.kind, place, answer }, { ...request, timeout });
  } catch (error) {
    if (!(error instanceof NotReady)) throw error;
    const state = stateOf(error.object, oldInputs, fieldManagerOf(request.oldState));
    throw new InitFailed(request.id, state, error.reasons, error.message);
  }
}

/** Gives up the fields of a patch. The object stays, with those that others set. */
async function relinquish(
  { connection, kind }: ObjectTarget,
  request: DeleteRequest,
): Promise<void> {
  const { namespace, name } = placeOfId(kind, request.id);
  try {
    await connection.cluster.object(placeOfId(kind, request.id), {
      method: "PATCH",
      contentType: "application/apply-patch+yaml",
      query: { fieldManager: fieldManagerOf(request.oldState), force: "false" },
      body: { apiVersion: kind.apiVersion, kind: kind.kind, metadata: { namespace, name } },
      signal: request.signal,
    });
  } catch (error) {
    if (error instanceof ApiError && error.code === 404) return;
    if (!String(error).includes("Required value")) throw error;
    throw new Error(
      "this Patch resource is currently managing a required field, so it can't be deleted directly. Either set the `retainOnDelete` resource option, or transfer ownership of the field before deleting",
      { cause: error },
    );
  }
}
