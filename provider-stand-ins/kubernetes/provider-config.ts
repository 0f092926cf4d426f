import { isDeepStrictEqual } from "node:util";
import { changedKeys } from "../protocol/property-diff";
import type { ConfigDiff, Failure, Plugin } from "../protocol/provider";
import { refuseOthers } from "../protocol/refusal";
import type { Json, Properties } from "../protocol/values";
import { isUnknown, revealAll } from "../protocol/values";
import { activeCluster } from "./kubeconfig";

const coveredConfig = [
  ...["context", "clusterIdentifier", "kubeconfig", "namespace", "deleteUnreachable"],
  ...["enableConfigMapMutable", "enableSecretMutable", "version"],
];

/** Refuses settings of the provider that the stand-in doesn't support. */
export function checkConfig(plugin: Plugin, news: Properties): Failure[] {
  const set = Object.entries(news).filter(([, value]) => value !== "" && value !== "false");
  return refuseOthers(plugin, "the provider", Object.fromEntries(set), coveredConfig);
}

/**
 * Tells whether the provider's settings lead to another cluster than before. If both have a cluster
 * identifier it decides alone; otherwise the cluster's entry in the kubeconfig does.
 */
export function diffConfig(olds: Properties, news: Properties): ConfigDiff {
  const [before, after] = [revealAll(olds), revealAll(news)];
  const diffs = changedKeys(before, after);
  if (diffs.length === 0) return { diffs, replaces: [] };
  const [oldId, newId] = [before.clusterIdentifier ?? null, after.clusterIdentifier ?? null];
  if (newId !== null && isDeepStrictEqual(oldId, newId)) return { diffs, replaces: [] };
  const replaces = oldId !== null && newId !== null ? ["clusterIdentifier"] : [];
  const keys = ["kubeconfig", "context"];
  const unknown = keys.find((key) => isUnknown(after[key]));
  if (unknown !== undefined) return { diffs: [unknown], replaces: [...replaces, unknown] };
  const [oldCluster, newCluster] = [clusterOf(before), clusterOf(after)];
  if (oldCluster !== undefined && newCluster !== undefined) {
    if (!isDeepStrictEqual(oldCluster, newCluster)) {
      replaces.push(...keys.filter((key) => diffs.includes(key)));
    }
  }
  return { diffs, replaces };
}

function clusterOf({ kubeconfig, context }: Properties): Json | undefined {
  if (typeof kubeconfig !== "string" || kubeconfig === "") return undefined;
  return activeCluster(kubeconfig, context);
}
