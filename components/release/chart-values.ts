import * as pulumi from "@pulumi/pulumi";
import { chartDefaults } from "../../settings/chart-defaults";
import type { Settings, WebServiceSettings } from "../../settings";

export interface ChartValuesArgs {
  settings: Settings;
  /** Hash of the chart's folder: put into the values, so that an edit of the chart changes them. */
  chartHash: string;
  images: Record<"backend" | "frontend", pulumi.Input<string>>;
  configMapName: pulumi.Input<string>;
  secretName: pulumi.Input<string>;
  podAnnotations: Record<string, pulumi.Input<string>>;
  /** Where the database is: undefined in the cluster, else its URL. */
  externalDatabase?: string;
}

/**
 * Values of the chart: the settings in the chart's words. Secrets go by the name of the Secret, never
 * by value: Helm keeps the values in the cluster, readable.
 */
export function chartValues(args: ChartValuesArgs): Record<string, pulumi.Input<unknown>> {
  const { settings } = args;
  const user = settings.images.runAsUser;
  const values = {
    version: settings.version,
    labels: settings.labels,
    annotations: { "todo-app/chart-hash": args.chartHash },
    workloads: { create: settings.workloads === "chart" },
    configMap: { existingConfigMap: args.configMapName },
    secret: { existingSecret: args.secretName, keys: settings.secrets.keys },
    podAnnotations: args.podAnnotations,
    securityContext: { runAsUser: user, runAsGroup: user, fsGroup: user },
    imagePullSecrets: settings.images.pullSecrets.map((name) => ({ name })),
    rollout: {
      maxSurge: settings.rollout.maxSurge,
      maxUnavailable: settings.rollout.maxUnavailable,
      progressDeadlineSeconds: settings.rollout.progressDeadlineSeconds,
      revisionHistoryLimit: settings.rollout.revisionHistoryLimit,
    },
    backend: webServiceValues(settings.backend, args.images.backend, settings),
    frontend: webServiceValues(settings.frontend, args.images.frontend, settings),
    networkPolicy: { database: databasePath(args.externalDatabase) },
  };
  return merge(values, settings.chart.values) as Record<string, pulumi.Input<unknown>>;
}

function webServiceValues(
  service: WebServiceSettings,
  reference: pulumi.Input<string>,
  settings: Settings,
) {
  const { image, service: address, ...same } = service;
  return {
    ...same,
    image: pulumi.output(reference).apply((text) => ({
      ...splitReference(text),
      pullPolicy: settings.images.pullPolicy,
    })),
    service: { ...address, name: address.name ?? "" },
  };
}

/** The chart's words for `name:tag` and `name@sha256:…`. */
export function splitReference(reference: string): {
  repository: string;
  tag: string;
  digest: string;
} {
  const [named = "", digest = ""] = reference.split("@");
  // A colon before the last slash belongs to the registry's port.
  const colon = named.lastIndexOf(":");
  return colon > named.lastIndexOf("/")
    ? { repository: named.slice(0, colon), tag: named.slice(colon + 1), digest }
    : { repository: named, tag: "", digest };
}

/**
 * The way to the database that NetworkPolicies leave open. A hosted database has a name with changing
 * addresses, so its port is open to all; where the URL has an address, to that one alone.
 */
function databasePath(url: string | undefined) {
  if (url === undefined) return { inCluster: true };
  const { hostname, port } = new URL(url);
  const isAddress = /^\d+(\.\d+){3}$/.test(hostname);
  return {
    inCluster: false,
    port: port === "" ? chartDefaults.networkPolicy.database.port : Number(port),
    cidrs: [isAddress ? `${hostname}/32` : "0.0.0.0/0"],
  };
}

/** `over` over `base`, objects merged key by key, everything else replaced. */
export function merge(base: unknown, over: unknown): unknown {
  if (!isPlain(base) || !isPlain(over)) return over;
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    result[key] = key in base ? merge(base[key], value) : value;
  }
  return result;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !pulumi.Output.isInstance(value)
  );
}
