import { z } from "zod";
import { chartDefaults, type WebServiceDefaults } from "../chart-defaults";
import * as f from "../fields";
import { resources } from "./resources";

/**
 * Settings of one web service (backend, frontend): the same shape for both, other defaults, which are
 * the chart's. They follow data model 004 (ports, sizes, replicas, timings); the probes' paths keep
 * liveness off the database and readiness on it, and the startup probe is data model 002's.
 */

/** An HTTP probe of the kubelet. Fields as in the Kubernetes Probe. */
function probe(defaults: WebServiceDefaults["probes"]["startup"]) {
  const path = "a path that starts with /";
  return z
    .strictObject({
      path: z
        .string(path)
        .startsWith("/", { error: path })
        .default(defaults.path)
        .describe("Path that is asked"),
      initialDelaySeconds: f.seconds
        .default(defaults.initialDelaySeconds)
        .describe("Seconds before the first try"),
      periodSeconds: f
        .integer(1, 3600)
        .default(defaults.periodSeconds)
        .describe("Seconds between two tries"),
      timeoutSeconds: f
        .integer(1, 3600)
        .default(defaults.timeoutSeconds)
        .describe("Seconds after which a try has failed"),
      failureThreshold: f
        .integer(1, 1000)
        .default(defaults.failureThreshold)
        .describe("Failures in a row that count"),
    })
    .prefault({});
}

/** Environment variables that come out of the Secret. */
export const secretEnvNames = [
  "DATABASE_URL",
  "COHERE_API_KEY",
  "BETTER_AUTH_SECRET",
  "JWT_SECRET",
  // The page's address: in the ConfigMap, unless a web service's secretEnv names it.
  "BETTER_AUTH_URL",
] as const;

/** Name of an environment variable that comes out of the Secret. */
export type SecretEnvName = (typeof secretEnvNames)[number];

function webService(component: "backend" | "frontend") {
  const d = chartDefaults[component];
  return z
    .strictObject({
      name: f.dnsLabel.default(d.name).describe("Name of the Deployment, and of the Service"),
      image: z
        .strictObject({
          name: f.text
            .regex(/^[a-z0-9]+([._/-][a-z0-9]+)*$/, {
              error: "an image name in lowercase, without a tag",
            })
            .default(d.name)
            .describe("Its name; the tag is made from version and content"),
          context: f.text.default(`docker/${component}`).describe("Folder that it is built from"),
          dockerfile: f.text.default(`docker/${component}/Dockerfile`).describe("Its Dockerfile"),
          target: z
            .string("a stage of the Dockerfile")
            .optional()
            .describe("Stage of the Dockerfile; default: the last"),
          args: f.stringMap.default({}).describe("Build arguments"),
        })
        .prefault({})
        .describe("What the image is built from; args are public, never secrets"),
      selectorLabels: f.labels
        .default({ app: chartDefaults.labels.app, component })
        .describe("Labels by which the Deployment and the Service find their pods"),
      port: f.containerPort.default(d.port).describe("Port the container listens on"),
      replicas: f
        .integer(1, 100)
        .default(d.replicas)
        .describe("Number of pods, while autoscaling is off"),
      resources: resources(d.resources, "logs, and writablePaths"),
      service: z
        .strictObject({
          name: f.dnsLabel.optional().describe("Name of the Service where it differs"),
          type: f
            .oneOf(["ClusterIP", "NodePort", "LoadBalancer"])
            .default(d.service.type)
            .describe("How it is reached; LoadBalancer needs `minikube tunnel`"),
          port: f.servicePort.default(d.service.port).describe("Port of the Service"),
          nodePort: f.nodePort
            .nullable()
            .default(d.service.nodePort)
            .describe("Fixed NodePort; null leaves the choice to the cluster"),
        })
        .prefault({}),
      probes: z
        .strictObject({
          startup: probe(d.probes.startup),
          liveness: probe(d.probes.liveness),
          readiness: probe(d.probes.readiness),
        })
        .prefault({}),
      preStopSeconds: f.seconds
        .default(d.preStopSeconds)
        .describe("Pause before SIGTERM, while the endpoints are taken out everywhere"),
      terminationGracePeriodSeconds: f.seconds
        .default(d.terminationGracePeriodSeconds)
        .describe("Pause and drain together must end before this"),
      writablePaths: z
        .array(
          z.strictObject({
            name: f.dnsLabel.describe("Name of the volume"),
            path: f.text.describe("Folder in the container"),
            sizeLimit: f.memory.describe("Size above which the pod is evicted"),
          }),
        )
        .default(d.writablePaths)
        .describe("Where the container may write: an emptyDir each, the rest is read-only"),
      secretEnv: z
        .array(f.oneOf(secretEnvNames))
        .default(d.secretEnv as SecretEnvName[])
        .describe("Which of the Secret's variables it gets"),
      env: f.variables.default({}).describe("Further environment variables, in plain"),
      autoscaling: z
        .strictObject({
          enabled: f.flag.default(false).describe("Makes one; needs metrics-server"),
          minReplicas: f.integer(1, 100).default(d.autoscaling.minReplicas).describe("Fewest pods"),
          maxReplicas: f.integer(1, 100).default(d.autoscaling.maxReplicas).describe("Most pods"),
          targetCPUUtilizationPercentage: f
            .integer(1, 100)
            .default(d.autoscaling.targetCPUUtilizationPercentage)
            .describe("Mean use of the requested CPU that it aims at"),
        })
        .prefault({})
        .describe("A HorizontalPodAutoscaler; it then owns the number of replicas"),
    })
    .prefault({});
}

export const backend = webService("backend").describe("The API backend");

export const frontend = webService("frontend").describe("The Next.js frontend");

/** Settings of one web service, every default filled in. */
export type WebServiceSettings = z.output<typeof backend>;

/** Name of the Service of a web service. */
export function serviceName({ name, service }: WebServiceSettings): string {
  return service.name ?? name;
}

/** Whether a web service can be reached from outside the cluster. */
export function hasNodePort({ service }: WebServiceSettings): boolean {
  return service.type !== "ClusterIP";
}

/** NodePorts that the settings pin: the ones to publish on loopback. */
export function pinnedNodePorts(
  settings: Readonly<Record<"backend" | "frontend", WebServiceSettings>>,
): number[] {
  return [settings.frontend, settings.backend].flatMap((webService) => {
    const { nodePort } = webService.service;
    return hasNodePort(webService) && nodePort !== null ? [nodePort] : [];
  });
}
