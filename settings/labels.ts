import { chart, chartDefaults } from "./chart-defaults";
import type { Settings } from ".";

export type Component = "backend" | "frontend" | "database";

type LabelSettings = Pick<Settings, "labels" | "version" | "chart">;
type Labels = Readonly<Record<string, string>>;

/**
 * Labels of a pod: those of the data models (`app`, `component`, `version`) beside the standard ones of
 * Kubernetes. The same as the chart's helper `todo-app.podLabels`, so that either may own the pods.
 */
export function podLabels(
  settings: LabelSettings,
  component?: Component,
  selector?: Labels,
): Record<string, string> {
  return {
    ...settings.labels,
    "app.kubernetes.io/name": chart.name,
    "app.kubernetes.io/instance": settings.chart.releaseName,
    "app.kubernetes.io/part-of": settings.labels.app ?? chartDefaults.labels.app,
    "app.kubernetes.io/version": settings.version,
    version: settings.version,
    ...(component !== undefined && { "app.kubernetes.io/component": component, component }),
    // Last, so that the pods always match their selector.
    ...selector,
  };
}

/** Labels by which PostgreSQL in the cluster is found. */
export function databaseSelector({ labels }: LabelSettings): Record<string, string> {
  return { app: labels.app ?? chartDefaults.labels.app, component: "database" };
}

/** Labels of an object; of one that belongs to no component where none is given. */
export function objectLabels(
  settings: LabelSettings,
  component?: Component,
  selector?: Labels,
): Record<string, string> {
  return {
    ...podLabels(settings, component, selector),
    "app.kubernetes.io/managed-by": "pulumi",
  };
}
