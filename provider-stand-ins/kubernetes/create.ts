/** Create: a plain create, so that an object of somebody else's is never taken over. */
import { InitFailed, messageOf } from "../protocol/errors";
import type { CreateRequest } from "../protocol/provider";
import { pause } from "../protocol/run";
import { hasUnknown, toJsonObject } from "../protocol/values";
import type { JsonObject, Properties } from "../protocol/values";
import { awaitReady, NotReady } from "./await/ready";
import { ApiError } from "./cluster";
import { Unreachable } from "./proxy";
import { newFieldManager, stateOf } from "./state";
import { idOf, placeOf, skipsAwait, timeoutOf } from "./target";
import type { Target } from "./target";

const ATTEMPTS = 6;

const EXISTS_HINT = `
The object exists in the cluster, and Pulumi did not make it. Either
  - it is left from another stack or from hand: delete it, or take it over with "pulumi import";
  - the resource was renamed in the program: give it an alias of its old name;
  - something else owns it, such as a Helm release: leave it to one owner.`;

/** Creates an object and waits until it is ready. */
export async function createObject(
  target: Target,
  request: CreateRequest,
): Promise<{ id: string; state: Properties }> {
  const { inputs, preview } = request;
  if (preview) return { id: "", state: await previewCreate(target, request) };
  const live = await post(target, request, toJsonObject(inputs));
  const fieldManager = newFieldManager();
  if (skipsAwait(inputs)) return { id: idOf(live), state: stateOf(live, inputs, fieldManager) };
  try {
    const ready = await awaitReady(target, live, {
      ...request,
      timeout: timeoutOf(request, inputs),
      before: undefined,
    });
    return { id: idOf(ready), state: stateOf(ready, inputs, fieldManager) };
  } catch (error) {
    const last = error instanceof NotReady ? error.object : live;
    throw new InitFailed(
      idOf(live),
      stateOf(last, inputs, fieldManager),
      error instanceof NotReady ? error.reasons : [],
      `${target.kind.kind} ${idOf(live)} was created, but did not become ready: ${messageOf(error)}`,
    );
  }
}

/** What the server would make of it, where it can tell; else the inputs, with the rest unknown. */
async function previewCreate(target: Target, request: CreateRequest): Promise<Properties> {
  const { inputs } = request;
  if (hasUnknown(inputs)) return inputs;
  try {
    const { status: _, ...live } = await send(target, request, toJsonObject(inputs), {
      dryRun: "All",
    });
    return stateOf(live, inputs, newFieldManager());
  } catch (error) {
    if (canWait(error)) return inputs;
    throw error;
  }
}

/** Errors of a dry run that say nothing about the real one, which comes later in the update. */
function canWait(error: unknown): boolean {
  if (error instanceof Unreachable) return true;
  if (!(error instanceof ApiError)) return false;
  // The namespace, too, is only being previewed, or the object of this name is still to be replaced.
  return error.code === 403 || error.reason === "AlreadyExists" || isNamespaceMissing(error);
}

function isNamespaceMissing(error: ApiError): boolean {
  return error.code === 404 && error.about === "namespaces";
}

/** Creates, with patience for a namespace that is still on its way. */
async function post(target: Target, request: CreateRequest, body: JsonObject): Promise<JsonObject> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send(target, request, body, {});
    } catch (error) {
      const missing = error instanceof ApiError && error.code === 404;
      if (!missing || attempt === ATTEMPTS) throw explain(target, body, error);
      request.log.status(`Retry #${attempt}; creation failed: ${error.message}`);
      await pause(1000 * 2 ** (attempt - 1), request.signal);
    }
  }
}

async function send(
  { connection, kind }: Target,
  request: CreateRequest,
  body: JsonObject,
  query: Record<string, string>,
): Promise<JsonObject> {
  const { name: _, ...list } = placeOf(kind, body);
  return connection.cluster.object(list, {
    method: "POST",
    // The name marks fields of a create; the first update hands them to the object's own manager.
    query: { fieldManager: "pulumi-kubernetes", ...query },
    body,
    signal: request.signal,
    onWarning: request.log.warning,
  });
}

function explain({ kind }: Target, body: JsonObject, error: unknown): Error {
  if (error instanceof Unreachable) {
    return new Error(`the configured Kubernetes cluster is unreachable: ${error.message}`);
  }
  const hint = error instanceof ApiError && error.reason === "AlreadyExists" ? EXISTS_HINT : "";
  return new Error(
    `${kind.kind} ${idOf(body)} was not created by the Kubernetes API server: ${messageOf(error)}${hint}`,
  );
}
