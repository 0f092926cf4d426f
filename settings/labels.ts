import { chart, chartDefaults } from "./chart-defaults";
import type { Settings } from "./schema";

/** A part of the system whose pods have a label `component`. */
export type Component = "backend" | "frontend" | "database";

type LabelSettings = Pick<Settings, "labels" | "version" | "chart">;
type Labels = Readonly<Record<string, string>>;

/**
 * Returns the labels of a pod: those of the data models (`app`, `component`, `version`) and Kubernetes'
 * recommended ones. The chart's helper `todo-app.podLabels` sets the same, so that either may own the pods.
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

/** Returns the labels that select the pods of PostgreSQL in the cluster. */
export function databaseSelector({ labels }: LabelSettings): Record<string, string> {
  return { app: labels.app ?? chartDefaults.labels.app, component: "database" };
}

/**
 * Returns the labels of an object.
 *
 * @param component the component it belongs to; none: the object belongs to the whole system.
 */
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
