/** The provider's configuration: which cluster, and how to log in to it. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { ConfigDiff, Failure } from "../protocol/provider";
import { refuseOthers } from "../protocol/refusal";
import { isUnknown, revealAll } from "../protocol/values";
import type { Json, Properties } from "../protocol/values";
import { at, objects } from "./json";

const COVERED = [
  ...["context", "clusterIdentifier", "kubeconfig", "namespace", "deleteUnreachable"],
  ...["enableConfigMapMutable", "enableSecretMutable"],
];

/** Refuses settings that this stand-in doesn't follow. */
export function checkConfig(
  plugin: { name: string; version: string },
  news: Properties,
): Failure[] {
  const set = Object.entries(news).filter(([, value]) => value !== "" && value !== "false");
  const covered = [...COVERED, "version"];
  return refuseOthers(plugin, "the provider", Object.fromEntries(set), covered);
}

/**
 * Whether the provider's settings lead to another cluster than before. A cluster identifier decides
 * it alone where both have one; otherwise the entry of the kubeconfig that is used does.
 */
export async function diffConfig(olds: Properties, news: Properties): Promise<ConfigDiff> {
  const [before, after] = [revealAll(olds), revealAll(news)];
  const diffs = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => !isDeepStrictEqual(before[key] ?? null, after[key] ?? null),
  );
  if (diffs.length === 0) return { diffs, replaces: [] };
  const [oldId, newId] = [before.clusterIdentifier ?? null, after.clusterIdentifier ?? null];
  if (newId !== null && isDeepStrictEqual(oldId, newId)) return { diffs, replaces: [] };
  const replaces = oldId !== null && newId !== null ? ["clusterIdentifier"] : [];
  const keys = ["kubeconfig", "context"];
  const unknown = keys.find((key) => isUnknown(after[key]));
  if (unknown !== undefined) return { diffs: [unknown], replaces: [...replaces, unknown] };
  const [oldCluster, newCluster] = [await activeCluster(before), await activeCluster(after)];
  if (oldCluster !== undefined && newCluster !== undefined) {
    if (!isDeepStrictEqual(oldCluster, newCluster)) {
      replaces.push(...keys.filter((key) => diffs.includes(key)));
    }
  }
  return { diffs, replaces };
}

/** Where the kubeconfig is: a file to name, and what to remove at the end. */
export interface Kubeconfig {
  /** One file, or several in KUBECONFIG's notation; undefined for kubectl's own default. */
  path: string | undefined;
  discard(): void;
}

/** Finds the kubeconfig that a setting means: a file's path, or the contents themselves. */
export function locateKubeconfig(setting: string | undefined): Kubeconfig {
  if (setting === undefined || setting === "") return { path: undefined, discard: () => undefined };
  const paths = setting.split(delimiter).map(expandHome);
  if (paths.some((path) => existsSync(path))) {
    return { path: paths.join(delimiter), discard: () => undefined };
  }
  if (!/[\n{]/.test(setting)) {
    throw new Error(
      `found kubeconfig "${setting}", which is neither a file that exists nor a kubeconfig's contents: correct the path, or leave the setting out to use kubectl's own`,
    );
  }
  const directory = mkdtempSync(join(tmpdir(), "kubernetes-plugin-"));
  const path = join(directory, "kubeconfig");
  writeFileSync(path, setting, { mode: 0o600 });
  const discard = (): void => {
    rmSync(directory, { recursive: true, force: true });
  };
  return { path, discard };
}

async function activeCluster(settings: Properties): Promise<Json | undefined> {
  const setting = settings.kubeconfig;
  if (typeof setting !== "string" || setting === "") return undefined;
  const file = expandHome(setting);
  const { parse } = await import("yaml");
  const config = parse(existsSync(file) ? readFileSync(file, "utf8") : setting) as Json;
  const wanted = settings.context ?? at(config, "current-context");
  const entry = objects(config, "contexts").find(({ name }) => name === wanted);
  if (entry === undefined) return undefined;
  const cluster = at(entry, "context", "cluster");
  return at(
    objects(config, "clusters").find(({ name }) => name === cluster),
    "cluster",
  );
}

function expandHome(path: string): string {
  return path === "~" || path.startsWith("~/") ? join(homedir(), path.slice(1)) : path;
}
