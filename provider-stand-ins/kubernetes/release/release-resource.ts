import { messageOf } from "../../../lib/errors";
import { InitFailed } from "../../protocol/init-failed";
import type {
  CreateRequest,
  CreateResult,
  DeleteRequest,
  ResourceKind,
  UpdateRequest,
} from "../../protocol/provider";
import type { Properties } from "../../protocol/values";
import { toJsonObject } from "../../protocol/values";
import { Unreachable } from "../api/api-errors";
import type { Connection } from "../connection";
import { checkRelease } from "./check-release";
import { diffRelease } from "./diff-release";
import type { FoundRelease } from "./find-release";
import { findRelease } from "./find-release";
import { HelmFailed, installRelease, upgradeRelease } from "./install-release";
import { readRelease } from "./read-release";
import { coordinatesOf, previewState, stateOf } from "./release-state";
import { uninstallRelease } from "./uninstall-release";

/** Returns the resource `helm.v3.Release`: a chart that helm installs, upgrades and uninstalls. */
export function releaseResource(connection: Connection): ResourceKind {
  return {
    check: (request) => checkRelease(connection, request),
    diff: diffRelease,
    create: (request) => create(connection, request),
    update: (request) => update(connection, request),
    read: (request) => readRelease(connection, request),
    delete: (request) => remove(connection, request),
  };
}

async function create(connection: Connection, request: CreateRequest): Promise<CreateResult> {
  const { inputs } = request;
  if (request.preview) return { id: "", state: previewState(inputs) };
  const { id, name, namespace } = coordinatesOf(inputs);
  const before = await findRelease(connection, name, namespace);
  try {
    await installRelease(connection, toJsonObject(inputs), request);
  } catch (error) {
    const left = await findRelease(connection, name, namespace);
    // With `atomic` helm leaves nothing. A release that existed before is not this resource's.
    if (left === undefined || before !== undefined) throw error;
    throw failed(id, inputs, left, error, "was created, but failed to initialize completely", "");
  }
  return { id, state: stateOf(inputs, await installed(connection, name, namespace)) };
}

async function update(connection: Connection, request: UpdateRequest): Promise<Properties> {
  const { news } = request;
  if (request.preview) return previewState(news);
  const { id, name, namespace } = coordinatesOf(news);
  const before = await findRelease(connection, name, namespace);
  if (before === undefined) throw new Error(`"${name}" has no deployed releases`);
  try {
    await upgradeRelease(connection, toJsonObject(news), request);
  } catch (error) {
    const after = await findRelease(connection, name, namespace);
    // Without a new revision helm refused before it changed anything: the state stays as it was.
    if (after === undefined || after.revision === before.revision) throw error;
    throw failed(
      id,
      news,
      after,
      error,
      "failed to initialize completely",
      "error running update: ",
    );
  }
  return stateOf(news, await installed(connection, name, namespace));
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
    // The official plugin ignores deleteUnreachable here; only a refresh removes the release from the state.
    throw new Error(
      `can't delete Helm Release with unreachable cluster. Reason: "${error.message}"`,
    );
  }
}

/** Returns a release after helm has reported success. */
async function installed(
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
  during: string,
): InitFailed {
  // The state has the requested values, even if a rollback has restored others.
  const state = stateOf(inputs, { ...left, config: {} });
  const [message, findings] =
    error instanceof HelmFailed ? [error.helmMessage, error.findings] : [messageOf(error), []];
  return new InitFailed(
    id,
    state,
    findings,
    `Helm release "${id}" ${what}. Use Helm CLI to investigate: ${during}failed to become available within allocated timeout. Error: Helm Release ${id}: ${message}`,
  );
}
