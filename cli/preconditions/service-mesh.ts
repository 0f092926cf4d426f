import type { Finding } from "../doctor/finding";
import type { NamespaceObject } from "./namespace";

/**
 * Notes that a service mesh adds a proxy to every pod of the namespace. The pods of the migration and of the
 * Helm tests refuse it (migration.podLabels in the chart), as they would never end; those of the services
 * have it, and their proxies need a way to the mesh's control plane.
 */
export function serviceMeshFinding(namespace: NamespaceObject | undefined): Finding[] {
  const { labels = {}, annotations = {}, name = "" } = namespace?.metadata ?? {};
  const istio = labels["istio-injection"] === "enabled" || labels["istio.io/rev"] !== undefined;
  const linkerd = annotations["linkerd.io/inject"] === "enabled";
  if (!istio && !linkerd) return [];
  return [
    {
      check: "service mesh",
      state: "note",
      found:
        `${istio ? "Istio" : "Linkerd"} adds its proxy to the pods of ${name}, but not to the migration's, which would never end. ` +
        "The NetworkPolicies of the chart deny the proxies their control plane.",
      hint: "`chart.values.networkPolicy.enabled: false`, with policies of the mesh in their place; a namespace outside of the mesh needs nothing.",
    },
  ];
}
