import { z } from "zod";
import { chartDefaults } from "../chart-defaults";
import * as f from "../fields";
import { containerResources } from "./container-resources";
import { probe } from "./probe";
import { type SecretEnvName, secretEnvNames } from "./secrets";

/** Settings of the API backend. */
export const backend = webService("backend").describe("The API backend");

/** Settings of the frontend. */
export const frontend = webService("frontend").describe("The Next.js frontend");

/** Settings of one web service, every default filled in. */
export type WebServiceSettings = z.output<typeof backend>;

/**
 * The schema of a web service: the same for backend and frontend, with the chart's defaults of each. They
 * follow data model 004 (ports, sizes, replicas, timings); the probes' paths keep liveness off the database
 * and readiness on it, and the startup probe is data model 002's.
 */
function webService(component: "backend" | "frontend") {
  const defaults = chartDefaults[component];
  return z
    .strictObject({
      name: f.dnsLabel
        .default(defaults.name)
        .describe("Name of the Deployment, and of the Service"),
      image: z
        .strictObject({
          name: f.imageName
            .default(defaults.name)
            .describe("Name of the image; the tag is made from version and content"),
          context: f.text.default(`docker/${component}`).describe("Folder of the build context"),
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
        .describe("Labels by which the Deployment and the Service select their pods"),
      port: f.containerPort.default(defaults.port).describe("Port the container listens on"),
      replicas: f
        .integer(1, 100)
        .default(defaults.replicas)
        .describe("Number of pods, while autoscaling is off"),
      resources: containerResources(defaults.resources, "logs, and writablePaths"),
      service: z
        .strictObject({
          name: f.dnsLabel.optional().describe("Name of the Service; default: name"),
          type: f
            .oneOf(["ClusterIP", "NodePort", "LoadBalancer"])
            .default(defaults.service.type)
            .describe("Type of the Service; LoadBalancer needs `minikube tunnel`"),
          port: f.servicePort.default(defaults.service.port).describe("Port of the Service"),
          nodePort: f.nodePort
            .nullable()
            .default(defaults.service.nodePort)
            .describe("Fixed NodePort; null: the cluster chooses one"),
        })
        .prefault({}),
      probes: z
        .strictObject({
          startup: probe(defaults.probes.startup),
          liveness: probe(defaults.probes.liveness),
          readiness: probe(defaults.probes.readiness),
        })
        .prefault({}),
      preStopSeconds: f.seconds
        .default(defaults.preStopSeconds)
        .describe("Pause before SIGTERM, while every node removes the endpoint"),
      terminationGracePeriodSeconds: f.seconds
        .default(defaults.terminationGracePeriodSeconds)
        .describe("Seconds for pause and drain together"),
      writablePaths: z
        .array(
          z.strictObject({
            name: f.dnsLabel.describe("Name of the volume"),
            path: f.directory.describe("Folder in the container"),
            sizeLimit: f.memory.describe("Size above which the pod is evicted"),
          }),
        )
        .default(defaults.writablePaths)
        .describe("Where the container may write: an emptyDir each, the rest is read-only"),
      secretEnv: f
        .listOf(f.oneOf(secretEnvNames))
        .default(defaults.secretEnv as SecretEnvName[])
        .describe("Environment variables from the Secret"),
      env: f.variables.default({}).describe("Additional environment variables, in plain text"),
      autoscaling: z
        .strictObject({
          enabled: f.flag.default(false).describe("Whether there is one; needs metrics-server"),
          minReplicas: f
            .integer(1, 100)
            .default(defaults.autoscaling.minReplicas)
            .describe("Minimum number of pods"),
          maxReplicas: f
            .integer(1, 100)
            .default(defaults.autoscaling.maxReplicas)
            .describe("Maximum number of pods"),
          targetCPUUtilizationPercentage: f
            .integer(1, 100)
            .default(defaults.autoscaling.targetCPUUtilizationPercentage)
            .describe("Target of the mean CPU use, in percent of the request"),
        })
        .prefault({})
        .describe("A HorizontalPodAutoscaler, which then owns the number of replicas"),
    })
    .prefault({});
}
