import { isIPv4, isIPv6 } from "node:net";
import * as pulumi from "@pulumi/pulumi";
import { mergeInputs } from "../../lib/pulumi/merge-inputs";
import { databaseAddress, type Settings, type WebServiceSettings } from "../../settings";

/** What the chart's values take from other components. */
export interface ChartValuesDependencies {
  /** References of the images. */
  readonly images: Readonly<Record<"backend" | "frontend", pulumi.Input<string>>>;

  /** Name of the ConfigMap. */
  readonly configMapName: pulumi.Input<string>;

  /** Name of the Secret. */
  readonly secretName: pulumi.Input<string>;

  /** Annotations of all pods; a change rolls them. */
  readonly podAnnotations: Readonly<Record<string, pulumi.Input<string>>>;

  /**
   * URL of a database outside the cluster.
   *
   * @default the database is in the cluster
   */
  readonly externalDatabase?: string;

  /** Whether the cluster has IPv6 addresses. */
  readonly ipv6: boolean;
}

/**
 * Returns the values of the chart: the settings under the chart's keys. Secrets are referred to by the
 * name of the Secret, never by value: Helm keeps the values readable in the cluster.
 */
export function chartValues(
  settings: Settings,
  dependencies: ChartValuesDependencies,
): Record<string, pulumi.Input<unknown>> {
  const { runAsUser } = settings.images;
  const { timeoutSeconds, ...rollout } = settings.rollout;
  const values = {
    version: settings.version,
    labels: settings.labels,
    workloads: { create: settings.workloads === "chart" },
    configMap: { existingConfigMap: dependencies.configMapName },
    secret: { existingSecret: dependencies.secretName, keys: settings.secrets.keys },
    podAnnotations: dependencies.podAnnotations,
    securityContext: { runAsUser, runAsGroup: runAsUser, fsGroup: runAsUser },
    imagePullSecrets: settings.images.pullSecrets.map((name) => ({ name })),
    rollout,
    backend: webServiceValues(settings.backend, dependencies.images.backend, settings),
    frontend: webServiceValues(settings.frontend, dependencies.images.frontend, settings),
    networkPolicy: {
      ipv6: dependencies.ipv6,
      database: databaseEgress(dependencies.externalDatabase),
    },
  };
  return mergeInputs(values, settings.chart.values) as Record<string, pulumi.Input<unknown>>;
}

/**
 * Adds the hash of the chart's files to its values. The Release resource doesn't read the files of a chart
 * that is a local folder: without the hash an edited template would change nothing.
 */
export function withChartHash(
  values: Readonly<Record<string, pulumi.Input<unknown>>>,
  chartHash: string,
): Record<string, pulumi.Input<unknown>> {
  const hash = { annotations: { "todo-app/chart-hash": chartHash } };
  return mergeInputs(hash, values) as Record<string, pulumi.Input<unknown>>;
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

/** Splits an image reference, `name:tag` or `name@sha256:…`, into the chart's keys. */
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
 * The egress to the database that NetworkPolicies allow. The addresses of a hosted database's name change,
 * so that its port is open to all addresses; a URL with an address opens it to that one only.
 */
function databaseEgress(url: string | undefined) {
  if (url === undefined) return { inCluster: true };
  const { host, port } = databaseAddress(url);
  return { inCluster: false, port: Number(port), cidrs: cidrsOf(host) };
}

/** The networks of a host; all of them where it is a name. */
function cidrsOf(host: string): string[] {
  if (isIPv4(host)) return [`${host}/32`];
  return isIPv6(host) ? [`${host}/128`] : ["0.0.0.0/0"];
}
