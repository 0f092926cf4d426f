import type * as pulumi from "@pulumi/pulumi";
import { chartDefaults } from "../../settings/chart-defaults";
import { podLabels } from "../../settings/labels";
import { containerSecurity, podSecurity } from "./pod-security";
import { serviceAccountName } from "./service-account";
import type { WebServiceSettings } from "../../settings";
import type { WebServiceArgs } from "./web-service";

/** What no setting changes; the chart has the same. */
const { secret, spread } = chartDefaults;

/** The pods of a web service, field by field as the chart's template `todo-app.deployment` has them. */
export function podTemplate(args: WebServiceArgs) {
  const { component, service, settings, podAnnotations } = args;
  const user = settings.images.runAsUser;
  return {
    metadata: {
      labels: podLabels(settings, component, service.selectorLabels),
      ...(Object.keys(podAnnotations).length > 0 && { annotations: podAnnotations }),
    },
    spec: {
      // The release makes it, before these pods.
      serviceAccountName: serviceAccountName(settings, component),
      ...podSecurity({ runAsUser: user, runAsGroup: user, fsGroup: user }),
      ...(settings.images.pullSecrets.length > 0 && {
        imagePullSecrets: settings.images.pullSecrets.map((name) => ({ name })),
      }),
      terminationGracePeriodSeconds: service.terminationGracePeriodSeconds,
      topologySpreadConstraints: [
        {
          ...spread,
          labelSelector: { matchLabels: service.selectorLabels },
        },
      ],
      containers: [container(args)],
      volumes: service.writablePaths.map(({ name, sizeLimit }) => ({
        name,
        emptyDir: { sizeLimit },
      })),
    },
  };
}

function container({
  component,
  service,
  settings,
  image,
  configMapName,
  secretName,
}: WebServiceArgs) {
  const probe = (kind: keyof WebServiceSettings["probes"]) => {
    const { path, ...timing } = service.probes[kind];
    const { successThreshold } = chartDefaults[component].probes[kind];
    return { httpGet: { path, port: service.port }, ...timing, successThreshold };
  };
  return {
    name: component,
    image,
    imagePullPolicy: settings.images.pullPolicy,
    ...containerSecurity,
    ports: [{ name: "http", containerPort: service.port, protocol: "TCP" }],
    envFrom: [{ configMapRef: { name: configMapName } }],
    env: [
      { name: "VERSION", value: settings.version },
      { name: "PORT", value: String(service.port) },
      ...service.secretEnv.map((name) =>
        secretVariable(name, secretName, settings.secrets.keys[name]),
      ),
      ...Object.keys(service.env)
        .sort()
        .map((name) => ({ name, value: service.env[name] ?? "" })),
    ],
    resources: service.resources,
    startupProbe: probe("startup"),
    livenessProbe: probe("liveness"),
    readinessProbe: probe("readiness"),
    // Requests still arrive until every node has heard that the pod is going.
    ...(service.preStopSeconds > 0 && {
      lifecycle: { preStop: { sleep: { seconds: service.preStopSeconds } } },
    }),
    volumeMounts: service.writablePaths.map(({ name, path }) => ({ name, mountPath: path })),
  };
}

function secretVariable(name: string, secretName: pulumi.Input<string>, key: string) {
  const optional = secret.optional.includes(name) ? { optional: true } : {};
  return { name, valueFrom: { secretKeyRef: { name: secretName, key, ...optional } } };
}
