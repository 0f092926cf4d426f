import { parseAllDocuments } from "yaml";
import { runProgram } from "../../protocol/run-program";
import type { Json, JsonObject } from "../../protocol/values";
import { Unreachable } from "../api/api-errors";
import { count, isJsonObject, text } from "../api/json-fields";
import type { Connection } from "../connection";

/** A release in the cluster. */
export interface FoundRelease {
  name: string;
  namespace: string;
  revision: number;
  status: string;
  /** The chart's name. */
  chart: string;
  version: string;
  appVersion: string;
  /** The values of the last install or upgrade. */
  config: JsonObject;
  /** The names of its objects, by kind, such as `Deployment.apps/apps/v1`. */
  resourceNames: Record<string, string[]>;
}

/**
 * Returns what helm knows of a release; undefined where there is none.
 *
 * @throws Unreachable where the cluster doesn't answer.
 */
export async function findRelease(
  connection: Connection,
  name: string,
  namespace: string,
): Promise<FoundRelease | undefined> {
  const [release, metadata] = await Promise.all([
    askHelm(connection, ["status", name, `--namespace=${namespace}`]),
    askHelm(connection, ["get", "metadata", name, `--namespace=${namespace}`]),
  ]);
  if (release === undefined || metadata === undefined) return undefined;
  const config = release.config;
  return {
    name,
    namespace,
    revision: count(release, "version"),
    status: text(release, "info", "status"),
    chart: text(metadata, "chart"),
    version: text(metadata, "version"),
    appVersion: text(metadata, "appVersion"),
    config: isJsonObject(config) ? config : {},
    resourceNames: namesByKind(text(release, "manifest")),
  };
}

/** Returns the error for helm's message that the cluster is unreachable; undefined for other messages. */
export function unreachableFrom(stderr: string): Unreachable | undefined {
  const match = /Kubernetes cluster unreachable: (.*)/.exec(stderr);
  return match === null ? undefined : new Unreachable(match[1] ?? stderr);
}

async function askHelm(connection: Connection, args: string[]): Promise<JsonObject | undefined> {
  const all = [...args, ...connection.helmArgs, "--output=json"];
  const { code, stdout, stderr } = await runProgram("helm", all, { env: connection.env });
  if (code === 0) return JSON.parse(stdout) as JsonObject;
  if (stderr.includes("release: not found")) return undefined;
  throw unreachableFrom(stderr) ?? new Error(`helm ${args.join(" ")} failed: ${stderr.trim()}`);
}

/** Returns the names of a manifest's objects by kind. */
function namesByKind(manifest: string): Record<string, string[]> {
  const names = new Map<string, Set<string>>();
  for (const document of parseAllDocuments(manifest)) {
    const object = document.toJSON() as Json;
    const [kind, apiVersion] = [text(object, "kind"), text(object, "apiVersion")];
    if (kind === "") continue;
    const group = apiVersion.includes("/") ? `.${apiVersion.split("/")[0] ?? ""}` : "";
    const namespace = text(object, "metadata", "namespace");
    const name = text(object, "metadata", "name");
    const key = `${kind}${group}/${apiVersion}`;
    const found = names.get(key) ?? new Set();
    names.set(key, found.add(namespace === "" ? name : `${namespace}/${name}`));
  }
  return Object.fromEntries([...names].map(([key, found]) => [key, [...found].sort()]));
}
