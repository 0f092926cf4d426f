import { messageOf } from "../../../lib/errors";
import { InitFailed } from "../../protocol/init-failed";
import type { UpdateRequest } from "../../protocol/provider";
import type { JsonObject, Properties } from "../../protocol/values";
import { hasUnknown, toJsonObject } from "../../protocol/values";
import { ApiError, Unreachable } from "../api/api-errors";
import { type ApiResource, idOf, placeOf, placeOfId } from "../api/place";
import { NotReady } from "../await/look";
import { awaitReady } from "../await/readiness";
import { annotation, ANNOTATIONS, skipsAwait, timeoutOf } from "./annotations";
import { adoptFields, hasCreateManager } from "./field-managers";
import { keepIgnoredFields } from "./keep-ignored-fields";
import { fieldManagerOf, stateOf } from "./object-state";
import type { ObjectTarget } from "./object-target";

const CONFLICT_GUIDE =
  "https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply/#handle-field-conflicts-on-existing-resources";

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
    const missing = `${resourceOf(kind)} "${placeOfId(kind, request.id).name}" not found`;
    throw new Error(
      `update of resource "${request.urn}" failed: ${missing}\nunable to get cluster state: ${missing}`,
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
      `the Kubernetes API server reported that "${idOf(before)}" failed to fully initialize or become live: ${messageOf(error)}`,
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
      `server-side apply field conflict detected, see ${CONFLICT_GUIDE} for troubleshooting help\n` +
        `The resource managed by field manager "${fieldManager}" had an apply conflict: ${error.message}`,
    );
  }
}

/** Returns a kind as the API server's errors name it: `deployments.apps`. */
function resourceOf({ apiVersion, plural }: ApiResource): string {
  const [group, version] = apiVersion.split("/");
  return version === undefined ? plural : `${plural}.${group ?? ""}`;
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
    throw new Error(`configured Kubernetes cluster is unreachable: ${error.message}`);
  }
}
