/** The resource Release: a chart, installed, upgraded and uninstalled by the helm command. */
import { InitFailed, messageOf } from "../../protocol/errors";
import type {
  CreateRequest,
  DeleteRequest,
  ReadRequest,
  ReadResult,
  ResourceKind,
  UpdateRequest,
} from "../../protocol/provider";
import { toJsonObject } from "../../protocol/values";
import type { Properties } from "../../protocol/values";
import type { Connection } from "../provider";
import { Unreachable } from "../proxy";
import { checkRelease } from "./check";
import { diffRelease } from "./diff";
import { HelmFailed, installRelease, uninstallRelease, upgradeRelease } from "./actions";
import { findRelease } from "./lookup";
import type { FoundRelease } from "./lookup";
import { coordinates, previewState, stateOf } from "./state";

/** The operations on releases. */
export function releaseKind(connection: Connection): ResourceKind {
  return {
    check: (request) => checkRelease(connection, request),
    diff: diffRelease,
    create: (request) => create(connection, request),
    update: (request) => update(connection, request),
    read: (request) => read(connection, request),
    delete: (request) => remove(connection, request),
  };
}

async function create(
  connection: Connection,
  request: CreateRequest,
): Promise<{ id: string; state: Properties }> {
  const { inputs } = request;
  if (request.preview) return { id: "", state: previewState(inputs) };
  const { id, name, namespace } = coordinates(inputs);
  const before = await findRelease(connection, name, namespace);
  try {
    await installRelease(connection, toJsonObject(inputs), request);
  } catch (error) {
    const left = await findRelease(connection, name, namespace);
    // With atomic nothing is left. A release that was there before is somebody else's.
    if (left === undefined || before !== undefined) throw error;
    throw failed(id, inputs, left, error, "was created, but failed to initialize completely");
  }
  return { id, state: stateOf(inputs, await present(connection, name, namespace)) };
}

async function update(connection: Connection, request: UpdateRequest): Promise<Properties> {
  const { news } = request;
  if (request.preview) return previewState(news);
  const { id, name, namespace } = coordinates(news);
  const before = await findRelease(connection, name, namespace);
  if (before === undefined) {
    throw new Error(
      `Helm release ${id} is not in the cluster any more: run "pulumi refresh", which notices, and update again`,
    );
  }
  try {
    await upgradeRelease(connection, toJsonObject(news), request);
  } catch (error) {
    const after = await findRelease(connection, name, namespace);
    // Without a new revision helm refused before it changed anything: the state stays as it was.
    if (after === undefined || after.revision === before.revision) throw error;
    throw failed(id, news, after, error, "failed to be upgraded completely");
  }
  return stateOf(news, await present(connection, name, namespace));
}

async function read(connection: Connection, request: ReadRequest): Promise<ReadResult> {
  const [namespace = "", name = ""] = request.id.split("/");
  let found: FoundRelease | undefined;
  try {
    found = await findRelease(connection, name, namespace);
  } catch (error) {
    if (!(error instanceof Unreachable) || !connection.deleteUnreachable) throw error;
    request.log.info("deleteUnreachable is set: the release is taken out of the state");
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

async function remove(connection: Connection, request: DeleteRequest): Promise<void> {
  const [namespace = "", name = ""] = request.id.split("/");
  try {
    await uninstallRelease(
      connection,
      { name, namespace },
      toJsonObject(request.oldInputs),
      request,
    );
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    if (!connection.deleteUnreachable) {
      throw new Error(
        `Helm release ${request.id} can't be uninstalled: the cluster is unreachable (${error.message}). If it was deleted, run this again with PULUMI_K8S_DELETE_UNREACHABLE=true`,
      );
    }
    request.log.info("deleteUnreachable is set: the release is taken out of the state");
  }
}

/** A release that helm has just reported as done. */
async function present(
  connection: Connection,
  name: string,
  namespace: string,
): Promise<FoundRelease> {
  const found = await findRelease(connection, name, namespace);
  if (found === undefined) {
    throw new Error(`helm reported success, but there is no release ${namespace}/${name}`);
  }
  return found;
}

function failed(
  id: string,
  inputs: Properties,
  left: FoundRelease,
  error: unknown,
  what: string,
): InitFailed {
  // The values are those that were asked for, whatever a rollback has put back.
  const state = stateOf(inputs, { ...left, config: {} });
  const [said, findings] =
    error instanceof HelmFailed ? [error.said, error.findings] : [messageOf(error), []];
  return new InitFailed(id, state, findings, `Helm release "${id}" ${what}: ${said}`);
}
