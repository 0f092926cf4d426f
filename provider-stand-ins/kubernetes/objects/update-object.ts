import { messageOf } from "../../../lib/errors";
import { InitFailed } from "../../protocol/init-failed";
import type { UpdateRequest } from "../../protocol/provider";
import type { JsonObject, Properties } from "../../protocol/values";
import { hasUnknown, toJsonObject } from "../../protocol/values";
import { ApiError, Unreachable } from "../api/api-errors";
import { idOf, placeOf, placeOfId } from "../api/place";
import { NotReady } from "../await/look";
import { awaitReady } from "../await/readiness";
import { annotation, ANNOTATIONS, skipsAwait, timeoutOf } from "./annotations";
import { adoptFields, hasCreateManager } from "./field-managers";
import { keepIgnoredFields } from "./keep-ignored-fields";
import { fieldManagerOf, stateOf } from "./object-state";
import type { ObjectTarget } from "./object-target";

/**
 * Updates an object in place, by server-side apply under the object's field manager, and waits until it is
 * ready.
 *
 * @throws InitFailed where the update fails, or the object does not become ready.
 */
export async function updateObject(
  target: ObjectTarget,
  request: UpdateRequest,
): Promise<Properties> {
  const { connection, kind } = target;
  const { news, preview } = request;
  if (preview && hasUnknown(news)) return news;
  const fieldManager = fieldManagerOf(request.oldState);
  const before = await liveObject(target, request);
  if (before === undefined) {
    if (preview) return news;
    throw new Error(
      `${kind.kind} ${request.id} is not in the cluster any more: run "pulumi refresh", which removes it from the state, and update again`,
    );
  }
  try {
    const applied = await apply(target, request, before, fieldManager);
    if (preview || skipsAwait(news)) return stateOf(applied, news, fieldManager);
    const ready = await awaitReady(
      { cluster: connection.cluster, kind, changed: applied, before },
      { ...request, timeout: timeoutOf(request, news) },
    );
    return stateOf(ready, news, fieldManager);
  } catch (error) {
    if (preview && error instanceof ApiError && error.code === 403) return news;
    const last =
      error instanceof NotReady ? error.object : ((await liveObject(target, request)) ?? before);
    throw new InitFailed(
      request.id,
      stateOf(last, news, fieldManager),
      error instanceof NotReady ? error.reasons : [],
      `${kind.kind} ${idOf(before)} was not updated to a ready state: ${messageOf(error)}`,
    );
  }
}

async function apply(
  { connection, kind }: ObjectTarget,
  request: UpdateRequest,
  before: JsonObject,
  fieldManager: string,
): Promise<JsonObject> {
  const { news, preview, signal, log } = request;
  const place = placeOf(kind, before);
  // A preview can't hand the fields over, so it overrides their manager.
  const force =
    annotation(news, ANNOTATIONS.patchForce) === "true" || (preview && hasCreateManager(before));
  // A patch owns the fields that it names, and no others.
  if (!preview && !kind.patch) {
    await adoptFields(connection.cluster, place, before, fieldManager, signal);
  }
  try {
    return await connection.cluster.object(place, {
      method: "PATCH",
      contentType: "application/apply-patch+yaml",
      query: {
        fieldManager,
        force: String(force),
        fieldValidation: "Warn",
        ...(preview ? { dryRun: "All" } : {}),
      },
      body: keepIgnoredFields(toJsonObject(news), before, request.ignoreChanges),
      signal,
      onWarning: log.warning,
    });
  } catch (error) {
    if (!(error instanceof ApiError) || error.reason !== "Conflict") throw error;
    throw new Error(
      `another field manager owns fields that the program sets: ${error.message}. Leave these fields out of the program, add them to ignoreChanges, or take them over with the annotation ${ANNOTATIONS.patchForce}: "true"`,
    );
  }
}

async function liveObject(
  { connection, kind }: ObjectTarget,
  request: UpdateRequest,
): Promise<JsonObject | undefined> {
  try {
    return await connection.cluster.find(placeOfId(kind, request.id), request.signal);
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    if (request.preview) return undefined;
    throw new Error(`the configured Kubernetes cluster is unreachable: ${error.message}`);
  }
}
