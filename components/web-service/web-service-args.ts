import type * as pulumi from "@pulumi/pulumi";
import {
  chartDefaults,
  objectLabels,
  pinnedNodePort,
  podLabels,
  serviceName,
  type Settings,
} from "../../settings";
import type { ProbeArgs } from "./container";
import { serviceAccountName } from "./service-account";
import type { WebServiceArgs } from "./web-service";

/** A ConfigMap or Secret that the pods read. */
export interface PodConfig {
  /** Name of the object. */
  readonly name: pulumi.Input<string>;

  /** Annotations that roll the pods when its content changes. */
  readonly podAnnotations: Readonly<Record<string, pulumi.Input<string>>>;
}

/** What {@link webServiceArgs} takes from other components. */
export interface WebServiceDependencies {
  readonly namespace: pulumi.Input<string>;
  /** Reference of the image. */
  readonly image: pulumi.Input<string>;
  readonly configMap: PodConfig;
  readonly secret: PodConfig;
}

/** Returns the arguments of the backend or the frontend that the settings describe. */
export function webServiceArgs(
  settings: Settings,
  component: "backend" | "frontend",
  { namespace, image, configMap, secret }: WebServiceDependencies,
): WebServiceArgs {
  const { images, rollout, version } = settings;
  const service = settings[component];
  const { selectorLabels } = service;
  const nodePort = pinnedNodePort(service);
  return {
    namespace,
    labels: objectLabels(settings, component, selectorLabels),
    deploymentName: service.name,
    ...(!service.autoscaling.enabled && { replicas: service.replicas }),
    ...rollout,
    serviceName: serviceName(service),
    serviceType: service.service.type,
    servicePort: service.service.port,
    ...(nodePort !== undefined && { nodePort }),
    containerName: component,
    image,
    imagePullPolicy: images.pullPolicy,
    pullSecrets: images.pullSecrets,
    port: service.port,
    version,
    configMapName: configMap.name,
    secretName: secret.name,
    secretEnv: service.secretEnv.map((name) => ({
      name,
      key: settings.secrets.keys[name],
      optional: chartDefaults.secret.optional.includes(name),
    })),
    env: service.env,
    resources: service.resources,
    probes: probes(settings, component),
    writablePaths: service.writablePaths,
    runAsUser: images.runAsUser,
    serviceAccountName: serviceAccountName(settings, component),
    podLabels: podLabels(settings, component, selectorLabels),
    // A change of the Secret rolls only pods that read it.
    podAnnotations: {
      ...configMap.podAnnotations,
      ...(service.secretEnv.length > 0 && secret.podAnnotations),
    },
    selectorLabels,
    spread: chartDefaults.spread,
    preStopSeconds: service.preStopSeconds,
    terminationGracePeriodSeconds: service.terminationGracePeriodSeconds,
  };
}

/** The probes of the settings; how many successes count, no setting changes. */
function probes(settings: Settings, component: "backend" | "frontend"): WebServiceArgs["probes"] {
  const probe = (kind: "startup" | "liveness" | "readiness"): ProbeArgs => ({
    ...settings[component].probes[kind],
    successThreshold: chartDefaults[component].probes[kind].successThreshold,
  });
  return {
    startup: probe("startup"),
    liveness: probe("liveness"),
    readiness: probe("readiness"),
  };
}
