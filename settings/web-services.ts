import type { WebServiceSettings } from "./sections/web-service";

/** Returns the name of the Service of a web service. */
export function serviceName({ name, service }: WebServiceSettings): string {
  return service.name ?? name;
}

/** Whether the Service of a web service has a NodePort: whether it is reachable from outside the cluster. */
export function hasNodePort({ service }: WebServiceSettings): boolean {
  return service.type !== "ClusterIP";
}

/**
 * Returns the NodePort that the settings pin.
 *
 * @returns undefined where the cluster chooses one, or the Service has none. The setting keeps its default
 *   where only the type is set to ClusterIP.
 */
export function pinnedNodePort(webService: WebServiceSettings): number | undefined {
  return hasNodePort(webService) ? (webService.service.nodePort ?? undefined) : undefined;
}

/** Returns the NodePorts that the settings pin: the ones to publish on loopback. */
export function pinnedNodePorts(
  settings: Readonly<Record<"backend" | "frontend", WebServiceSettings>>,
): number[] {
  return [settings.frontend, settings.backend].flatMap(
    (webService) => pinnedNodePort(webService) ?? [],
  );
}

/** Returns the URL of a Service inside the cluster, from the namespace of the app. */
export function internalUrl(webService: WebServiceSettings): string {
  return `http://${serviceName(webService)}:${webService.service.port}`;
}

/** Returns the number of pods that a web service has at minimum: its replicas, or the autoscaler's minimum. */
export function minimumReplicas({ replicas, autoscaling }: WebServiceSettings): number {
  return autoscaling.enabled ? autoscaling.minReplicas : replicas;
}

/** Returns how many pods each rolling Deployment has in addition at its peak, as capacity counts them: 0 or 1. */
export function surgePods({ maxSurge }: { readonly maxSurge: number }): number {
  return Math.min(1, maxSurge);
}
