/** What helm knows of a release. */
import { parseAllDocuments } from "yaml";
import { run } from "../../protocol/run";
import type { Json, JsonObject } from "../../protocol/values";
import { count, isJsonObject, text } from "../json";
import type { Connection } from "../provider";
import { Unreachable } from "../proxy";

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
  /** The values that it was installed with. */
  config: JsonObject;
  /** Its objects' names, by kind. */
  resourceNames: Record<string, string[]>;
}

/** Asks helm for a release; undefined where there is none. */
export async function findRelease(
  connection: Connection,
  name: string,
  namespace: string,
): Promise<FoundRelease | undefined> {
  const [release, metadata] = await Promise.all([
    ask(connection, ["status", name, `--namespace=${namespace}`]),
    ask(connection, ["get", "metadata", name, `--namespace=${namespace}`]),
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
    resourceNames: namesIn(text(release, "manifest")),
  };
}

/** Turns helm's complaint about the cluster into the error that stands for it. */
export function unreachableFrom(stderr: string): Unreachable | undefined {
  const match = /Kubernetes cluster unreachable: (.*)/.exec(stderr);
  return match === null ? undefined : new Unreachable(match[1] ?? stderr);
}

async function ask(connection: Connection, args: string[]): Promise<JsonObject | undefined> {
  const all = [...args, ...connection.helmArgs, "--output=json"];
  const { code, stdout, stderr } = await run("helm", all, { env: connection.env });
  if (code === 0) return JSON.parse(stdout) as JsonObject;
  if (stderr.includes("release: not found")) return undefined;
  throw unreachableFrom(stderr) ?? new Error(`helm ${args.join(" ")} failed: ${stderr.trim()}`);
}

/** `Deployment.apps/apps/v1` → the names of the Deployments, and so on. */
function namesIn(manifest: string): Record<string, string[]> {
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
