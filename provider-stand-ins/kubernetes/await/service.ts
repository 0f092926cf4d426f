import { isDeepStrictEqual } from "node:util";
import type { JsonObject } from "../../protocol/values";
import { at, objects, text } from "../api/json-fields";
import { placeOf } from "../api/place";
import type { Awaited, Look } from "./look";

const endpointSlices = {
  apiVersion: "discovery.k8s.io/v1",
  plural: "endpointslices",
  namespaced: true,
};
/** How long the endpoints must stay the same; the official plugin waits ten seconds. */
const SETTLED_MS = 2000;

/**
 * Waits for a Service: it is ready when its endpoints no longer change and, for a LoadBalancer, when it has
 * an address.
 */
export function lookAtService({
  cluster,
  kind,
  changed,
  before,
  signal,
}: Awaited): () => Promise<Look> {
  const place = placeOf(kind, changed);
  let seen: boolean[] | undefined;
  let since = 0;
  return async () => {
    const service = await cluster.object(place, { signal });
    const type = text(service, "spec", "type");
    const needsPods =
      type !== "ExternalName" &&
      text(service, "spec", "clusterIP") !== "None" &&
      Object.keys(at(service, "spec", "selector") ?? {}).length > 0;
    const balanced =
      type !== "LoadBalancer" || objects(service, "status", "loadBalancer", "ingress").length > 0;
    const readiness = needsPods ? await endpointsOf() : undefined;
    if (!isDeepStrictEqual(readiness, seen)) {
      seen = readiness;
      since = Date.now();
    }
    // Pods that are just starting become endpoints a moment later. An update doesn't wait for them.
    const settled =
      before !== undefined || (readiness !== undefined && Date.now() - since >= SETTLED_MS);
    const served = readiness?.includes(true) ?? false;
    const endpoints = !needsPods || (settled && readiness?.includes(false) !== true);
    return {
      done: endpoints && balanced,
      object: service,
      status: endpoints
        ? "[2/3] Attempting to allocate IP address to Service"
        : "[1/3] Finding Pods to direct traffic to",
      problems: () => Promise.resolve(problems(needsPods && !served, !balanced)),
    };
  };

  /** Returns for each endpoint whether it is ready; undefined until the cluster has looked for endpoints. */
  async function endpointsOf(): Promise<boolean[] | undefined> {
    const query = { labelSelector: `kubernetes.io/service-name=${place.name}` };
    const slices = await cluster.list(
      { kind: endpointSlices, namespace: place.namespace },
      query,
      signal,
    );
    if (slices.length === 0) return undefined;
    return slices
      .flatMap((slice) => objects(slice, "endpoints"))
      .filter((endpoint: JsonObject) => at(endpoint, "conditions", "terminating") !== true)
      .map((endpoint) => at(endpoint, "conditions", "ready") !== false);
  }
}

function problems(unserved: boolean, unbalanced: boolean): string[] {
  return [
    ...(unserved
      ? [
          "Service does not target any Pods. Selected Pods may not be ready, or field '.spec.selector' may not match labels on any Pods",
        ]
      : []),
    ...(unbalanced
      ? [
          "Service was not allocated an IP address; does the cluster support this? (On Minikube it takes `minikube tunnel`.)",
        ]
      : []),
  ];
}
