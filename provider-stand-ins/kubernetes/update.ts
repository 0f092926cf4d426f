/** Update: server-side apply under the object's own field manager. */
import { InitFailed, messageOf } from "../protocol/errors";
import type { UpdateRequest } from "../protocol/provider";
import { hasUnknown, toJsonObject } from "../protocol/values";
import type { JsonObject, Properties } from "../protocol/values";
import { awaitReady, NotReady } from "./await/ready";
import { ApiError } from "./cluster";
import { keepIgnored } from "./ignored";
import { ANNOTATIONS } from "./kinds";
import { adoptFields, cameFromCreate } from "./managers";
import { Unreachable } from "./proxy";
import { fieldManagerOf, stateOf } from "./state";
import { annotation, idOf, placeOfId, placeOf, skipsAwait, timeoutOf } from "./target";
import type { Target } from "./target";

/** Updates an object in place and waits until it is ready. */
export async function updateObject(target: Target, request: UpdateRequest): Promise<Properties> {
  const { news, preview } = request;
  if (preview && hasUnknown(news)) return news;
  const fieldManager = fieldManagerOf(request.oldState);
  const before = await liveObject(target, request);
  if (before === undefined) {
    if (preview) return news;
    throw new Error(
      `${target.kind.kind} ${request.id} is not in the cluster any more: run "pulumi refresh", which notices, and update again`,
    );
  }
  try {
    const applied = await apply(target, request, before, fieldManager);
    if (preview || skipsAwait(news)) return stateOf(applied, news, fieldManager);
    const ready = await awaitReady(target, applied, {
      ...request,
      timeout: timeoutOf(request, news),
      before,
    });
    return stateOf(ready, news, fieldManager);
  } catch (error) {
    if (preview && error instanceof ApiError && error.code === 403) return news;
    const last =
      error instanceof NotReady ? error.object : ((await liveObject(target, request)) ?? before);
    throw new InitFailed(
      request.id,
      stateOf(last, news, fieldManager),
      error instanceof NotReady ? error.reasons : [],
      `${target.kind.kind} ${idOf(before)} was not updated to a ready state: ${messageOf(error)}`,
    );
  }
}

async function apply(
  { connection, kind }: Target,
  request: UpdateRequest,
  before: JsonObject,
  fieldManager: string,
): Promise<JsonObject> {
  const { news, preview, signal, log } = request;
  const place = placeOf(kind, before);
  // A preview can't hand the fields over, so it overrides the manager that holds them.
  const force =
    annotation(news, ANNOTATIONS.patchForce) === "true" || (preview && cameFromCreate(before));
  if (!preview) await adoptFields(connection.cluster, place, before, fieldManager, signal);
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
      body: keepIgnored(toJsonObject(news), before, request.ignoreChanges),
      signal,
      onWarning: log.warning,
    });
  } catch (error) {
    if (!(error instanceof ApiError) || error.reason !== "Conflict") throw error;
    throw new Error(
      `somebody else owns fields that the program sets: ${error.message}. Leave these fields out of the program (or to ignoreChanges), or take them over with the annotation ${ANNOTATIONS.patchForce}: "true"`,
    );
  }
}

async function liveObject(
  { connection, kind }: Target,
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
