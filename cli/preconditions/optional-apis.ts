import type { ClusterTarget } from "../../lib/kubernetes/target";
import { at } from "../../lib/pulumi/values";
import type { Settings } from "../../settings";
import type { Finding } from "../doctor/finding";
import { settingsFileName } from "../stack/stack-name";

/** An API that not every cluster has, and that the settings need. */
export interface OptionalApi {
  /** Its group and version. */
  path: "metrics.k8s.io/v1beta1" | "monitoring.coreos.com/v1";
  /** The settings that need it. */
  setting: string;
  /** Kinds that it must have; none: any. */
  kinds: readonly string[];
}

/** Returns the APIs that a stack needs beyond Kubernetes' own. */
export function neededApis(settings: Settings): OptionalApi[] {
  const autoscaled = (["backend", "frontend"] as const).filter(
    (part) => settings[part].autoscaling.enabled,
  );
  const monitoring = [
    { path: "monitoring.serviceMonitor.enabled", kind: "ServiceMonitor" },
    { path: "monitoring.rules.enabled", kind: "PrometheusRule" },
  ].filter(({ path }) => at(settings.chart.values, path) === true);
  return [
    ...(autoscaled.length === 0
      ? []
      : [
          {
            path: "metrics.k8s.io/v1beta1",
            setting: autoscaled.map((part) => `${part}.autoscaling`).join(" and "),
            kinds: [],
          } as const,
        ]),
    ...(monitoring.length === 0
      ? []
      : [
          {
            path: "monitoring.coreos.com/v1",
            setting: monitoring.map(({ path }) => `chart.values.${path}`).join(" and "),
            kinds: monitoring.map(({ kind }) => kind),
          } as const,
        ]),
  ];
}

/**
 * Checks one API.
 *
 * @param answer what the API server says of it; undefined where it doesn't know it.
 */
export function optionalApiFinding(
  { path, setting, kinds }: OptionalApi,
  answer: string | undefined,
  target: Pick<ClusterTarget, "minikube">,
  stack: string,
): Finding {
  const known = answer === undefined ? [] : kindsOf(answer);
  const missing = answer === undefined ? kinds : kinds.filter((kind) => !known.includes(kind));
  if (path === "metrics.k8s.io/v1beta1") {
    return answer === undefined
      ? {
          check: "metrics",
          // The autoscaler keeps its minimum, and so everything else works.
          state: "note",
          found: `${setting} is on, but the cluster has no metrics: the number of pods stays at the minimum.`,
          hint: `\`${target.minikube("addons enable metrics-server")}\`, or install metrics-server.`,
        }
      : { check: "metrics", state: "ok", found: "The autoscalers have metrics." };
  }
  return missing.length === 0
    ? { check: "monitoring", state: "ok", found: `The cluster has ${kinds.join(" and ")}.` }
    : {
        check: "monitoring",
        state: "fix",
        found: `${setting} is on, but the cluster doesn't have the kind ${missing.join(" and ")}.`,
        hint: `Install the Prometheus operator's CRDs first (https://prometheus-operator.dev), or take it out of chart.values in ${settingsFileName(stack)}.`,
      };
}

function kindsOf(answer: string): string[] {
  try {
    const { resources = [] } = JSON.parse(answer) as { resources?: { kind: string }[] };
    return resources.map(({ kind }) => kind);
  } catch {
    return [];
  }
}
