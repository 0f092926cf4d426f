/** Delete: for real, and done when the object and what hangs on it are gone. */
import { InitFailed } from "../protocol/errors";
import type { DeleteRequest } from "../protocol/provider";
import type { JsonObject } from "../protocol/values";
import { awaitDeleted, NotReady } from "./await/deleted";
import { ApiError } from "./cluster";
import { ANNOTATIONS } from "./kinds";
import { Unreachable } from "./proxy";
import { fieldManagerOf, stateOf } from "./state";
import { annotation, placeOfId, skipsAwait, timeoutOf } from "./target";
import type { Target } from "./target";

const POLICIES: Readonly<Record<string, string>> = { orphan: "Orphan", background: "Background" };

/** Deletes an object. One that is gone already is no error. */
export async function deleteObject(target: Target, request: DeleteRequest): Promise<void> {
  const { connection, kind } = target;
  const { oldInputs, signal } = request;
  const place = placeOfId(kind, request.id);
  const wanted = annotation(oldInputs, ANNOTATIONS.deletionPropagation).toLowerCase();
  let answer: JsonObject;
  try {
    answer = await connection.cluster.object(place, {
      method: "DELETE",
      // In the foreground the object stays until its dependents (ReplicaSets, pods) are gone.
      body: { propagationPolicy: POLICIES[wanted] ?? "Foreground" },
      signal,
    });
  } catch (error) {
    if (error instanceof ApiError && error.code === 404) return;
    if (!(error instanceof Unreachable)) throw error;
    if (connection.deleteUnreachable) {
      request.log.info("deleteUnreachable is set: the object is taken out of the state");
      return;
    }
    throw new Error(
      `the configured Kubernetes cluster is unreachable: ${error.message}. If it was deleted, run this again with PULUMI_K8S_DELETE_UNREACHABLE=true, which takes its objects out of the state`,
    );
  }
  if (skipsAwait(oldInputs) && kind.skipsDeleteAwait) return;
  const timeout = timeoutOf(request, oldInputs);
  try {
    await awaitDeleted(target, place, answer, { ...request, timeout });
  } catch (error) {
    if (!(error instanceof NotReady)) throw error;
    const state = stateOf(error.object, oldInputs, fieldManagerOf(request.oldState));
    throw new InitFailed(request.id, state, error.reasons, error.message);
  }
}
