import { messageOf } from "../../../lib/errors";
import { InitFailed } from "../../protocol/init-failed";
import { pause } from "../../protocol/pause";
import type { CreateRequest, CreateResult } from "../../protocol/provider";
import type { JsonObject, Properties } from "../../protocol/values";
import { hasUnknown, toJsonObject } from "../../protocol/values";
import { ApiError, Unreachable } from "../api/api-errors";
import { idOf, placeOf } from "../api/place";
import { NotReady } from "../await/look";
import { awaitReady } from "../await/readiness";
import { annotation, ANNOTATIONS, skipsAwait, timeoutOf } from "./annotations";
import { CREATE_MANAGER } from "./field-managers";
import { newFieldManager, stateOf } from "./object-state";
import type { ObjectTarget } from "./object-target";

const MAX_ATTEMPTS = 6;

/** What the official plugin adds, in its first words. */
const EXISTS_HINT = `

The resource already exists in the cluster. This can happen when:

  - Renaming a Pulumi resource: use an alias to preserve the identity.
  - Adopting a resource into Pulumi: use \`pulumi import\`.`;

/**
 * Creates an object and waits until it is ready. It never takes over an object that exists; a patch sets its
 * fields whether the object exists or not.
 *
 * @throws InitFailed where the object is created but does not become ready.
 */
export async function createObject(
  target: ObjectTarget,
  request: CreateRequest,
): Promise<CreateResult> {
  const { inputs, preview } = request;
  if (preview) return { id: "", state: await previewCreate(target, request) };
  const fieldManager = newFieldManager();
  const live = await createWithRetries(target, request, fieldManager);
  if (skipsAwait(inputs)) return { id: idOf(live), state: stateOf(live, inputs, fieldManager) };
  const { connection, kind } = target;
  try {
    const ready = await awaitReady(
      { cluster: connection.cluster, kind, changed: live, before: undefined },
      { ...request, timeout: timeoutOf(request, inputs) },
    );
    return { id: idOf(ready), state: stateOf(ready, inputs, fieldManager) };
  } catch (error) {
    const last = error instanceof NotReady ? error.object : live;
    throw new InitFailed(
      idOf(live),
      stateOf(last, inputs, fieldManager),
      error instanceof NotReady ? error.reasons : [],
      `resource "${request.urn}" was successfully created, but the Kubernetes API server reported that it failed to fully initialize or become live: ${messageOf(error)}`,
    );
  }
}

/** Returns what a dry run on the server answers, or the inputs where a dry run is not possible. */
async function previewCreate(target: ObjectTarget, request: CreateRequest): Promise<Properties> {
  const { inputs } = request;
  if (hasUnknown(inputs) || target.kind.patch) return inputs;
  try {
    const { status: _, ...live } = await post(target, request, { dryRun: "All" });
    return stateOf(live, inputs, newFieldManager());
  } catch (error) {
    if (isPreviewLimit(error)) return inputs;
    throw error;
  }
}

/** Whether a dry run fails for a reason that need not exist when the update gets to the object. */
function isPreviewLimit(error: unknown): boolean {
  if (error instanceof Unreachable) return true;
  if (!(error instanceof ApiError)) return false;
  // The namespace may be part of the preview too, and an object of the same name may be replaced first.
  return error.code === 403 || error.reason === "AlreadyExists" || isNamespaceMissing(error);
}

function isNamespaceMissing(error: ApiError): boolean {
  return error.code === 404 && error.resource === "namespaces";
}

/** Creates an object; retries for about 30 seconds while its namespace is being created. */
async function createWithRetries(
  target: ObjectTarget,
  request: CreateRequest,
  fieldManager: string,
): Promise<JsonObject> {
  const { patch } = target.kind;
  for (let attempt = 1; ; attempt++) {
    try {
      return await (patch ? apply(target, request, fieldManager) : post(target, request, {}));
    } catch (error) {
      const missing = error instanceof ApiError && error.code === 404;
      if (!missing || attempt === MAX_ATTEMPTS) throw explain(request.urn, error);
      request.log.status(`Retry #${attempt}; creation failed: ${error.message}`);
      await pause(1000 * 2 ** (attempt - 1), request.signal);
    }
  }
}

/** Sets the fields of a patch, on an object that exists or not. */
async function apply(
  { connection, kind }: ObjectTarget,
  { inputs, signal, log }: CreateRequest,
  fieldManager: string,
): Promise<JsonObject> {
  const body = toJsonObject(inputs);
  const force = annotation(inputs, ANNOTATIONS.patchForce) === "true";
  return connection.cluster.object(placeOf(kind, body), {
    method: "PATCH",
    contentType: "application/apply-patch+yaml",
    query: { fieldManager, force: String(force), fieldValidation: "Warn" },
    body,
    signal,
    onWarning: log.warning,
  });
}

async function post(
  { connection, kind }: ObjectTarget,
  request: CreateRequest,
  query: Record<string, string>,
): Promise<JsonObject> {
  const body = toJsonObject(request.inputs);
  const { name: _, ...list } = placeOf(kind, body);
  return connection.cluster.object(list, {
    method: "POST",
    // The first update hands the fields over to the object's field manager.
    query: { fieldManager: CREATE_MANAGER, ...query },
    body,
    signal: request.signal,
    onWarning: request.log.warning,
  });
}

function explain(urn: string, error: unknown): Error {
  if (error instanceof Unreachable) {
    return new Error(`configured Kubernetes cluster is unreachable: ${error.message}`);
  }
  const hint = error instanceof ApiError && error.reason === "AlreadyExists" ? EXISTS_HINT : "";
  return new Error(
    `resource "${urn}" was not successfully created by the Kubernetes API server: ${messageOf(error)}${hint}`,
  );
}
