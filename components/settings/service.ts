import { z } from "zod";
import * as f from "./fields";

/**
 * Settings of one web service (backend, frontend): the same shape for both, other defaults.
 * Defaults follow data model 004 (ports, sizes, replicas, timings); the probes' paths keep liveness
 * off the database and readiness on it, and the startup probe is data model 002's.
 */

/** An HTTP probe of the kubelet. Fields as in the Kubernetes Probe. */
function probe(defaults: {
  path: string;
  initialDelaySeconds: number;
  periodSeconds: number;
  timeoutSeconds: number;
  failureThreshold: number;
}) {
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

interface ServiceDefaults {
  name: string;
  component: "backend" | "frontend";
  port: number;
  serviceType: "ClusterIP" | "NodePort";
  nodePort?: number;
  cpu: { request: string; limit: string };
  memory: { request: string; limit: string };
  paths: { startup: string; liveness: string; readiness: string };
  writablePaths: { name: string; path: string; sizeLimit: string }[];
  secretEnv: SecretEnvName[];
}

function webService(d: ServiceDefaults) {
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
          context: f.text.default(`docker/${d.component}`).describe("Folder that it is built from"),
          dockerfile: f.text.default(`docker/${d.component}/Dockerfile`).describe("Its Dockerfile"),
          target: z
            .string("a stage of the Dockerfile")
            .optional()
            .describe("Stage of the Dockerfile; default: the last"),
          args: f.stringMap.default({}).describe("Build arguments"),
        })
        .prefault({})
        .describe("What the image is built from; args are public, never secrets"),
      selectorLabels: f.stringMap
        .default({ app: "todo-app", component: d.component })
        .describe("Labels by which the Deployment and the Service find their pods"),
      port: f.containerPort.default(d.port).describe("Port the container listens on"),
      replicas: f.integer(1, 100).default(2).describe("Number of pods, while autoscaling is off"),
      resources: z
        .strictObject({
          requests: z
            .strictObject({
              cpu: f.cpu.default(d.cpu.request).describe("CPU that is reserved"),
              memory: f.memory.default(d.memory.request).describe("Memory that is reserved"),
            })
            .prefault({}),
          limits: z
            .strictObject({
              cpu: f.cpu.default(d.cpu.limit).describe("CPU above which it is throttled"),
              memory: f.memory.default(d.memory.limit).describe("Memory above which it is killed"),
            })
            .prefault({}),
        })
        .prefault({}),
      service: z
        .strictObject({
          name: f.dnsLabel.optional().describe("Name of the Service where it differs"),
          type: f
            .oneOf(["ClusterIP", "NodePort", "LoadBalancer"])
            .default(d.serviceType)
            .describe("How it is reached; LoadBalancer needs `minikube tunnel`"),
          port: f.servicePort.default(d.port).describe("Port of the Service"),
          nodePort: (d.nodePort === undefined
            ? f.nodePort.nullable().default(null)
            : f.nodePort.nullable().default(d.nodePort)
          ).describe("Fixed NodePort; null leaves the choice to the cluster"),
        })
        .prefault({}),
      probes: z
        .strictObject({
          startup: probe({
            path: d.paths.startup,
            initialDelaySeconds: 0,
            periodSeconds: 5,
            timeoutSeconds: 2,
            failureThreshold: 6,
          }),
          liveness: probe({
            path: d.paths.liveness,
            initialDelaySeconds: 30,
            periodSeconds: 10,
            timeoutSeconds: 5,
            failureThreshold: 3,
          }),
          readiness: probe({
            path: d.paths.readiness,
            initialDelaySeconds: 10,
            periodSeconds: 5,
            timeoutSeconds: 3,
            failureThreshold: 2,
          }),
        })
        .prefault({}),
      preStopSeconds: f.seconds
        .default(5)
        .describe("Pause before SIGTERM, while the endpoints are taken out everywhere"),
      terminationGracePeriodSeconds: f.seconds
        .default(30)
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
        .default(d.secretEnv)
        .describe("Which of the Secret's variables it gets"),
      env: f.stringMap.default({}).describe("Further environment variables, in plain"),
      autoscaling: z
        .strictObject({
          enabled: f.flag.default(false).describe("Makes one; needs metrics-server"),
          minReplicas: f.integer(1, 100).default(2).describe("Fewest pods"),
          maxReplicas: f.integer(1, 100).default(5).describe("Most pods"),
          targetCPUUtilizationPercentage: f
            .integer(1, 100)
            .default(70)
            .describe("Mean use of the requested CPU that it aims at"),
        })
        .prefault({})
        .describe("A HorizontalPodAutoscaler; it then owns the number of replicas"),
    })
    .prefault({});
}

export const backend = webService({
  name: "todo-backend",
  component: "backend",
  port: 7860,
  serviceType: "ClusterIP",
  cpu: { request: "250m", limit: "500m" },
  memory: { request: "512Mi", limit: "1Gi" },
  paths: { startup: "/health/live", liveness: "/health/live", readiness: "/health/ready" },
  writablePaths: [{ name: "tmp", path: "/tmp", sizeLimit: "64Mi" }],
  secretEnv: ["DATABASE_URL", "COHERE_API_KEY", "BETTER_AUTH_SECRET", "JWT_SECRET"],
}).describe("The API backend");

export const frontend = webService({
  name: "todo-frontend",
  component: "frontend",
  port: 3000,
  serviceType: "NodePort",
  nodePort: 30080,
  cpu: { request: "100m", limit: "250m" },
  memory: { request: "256Mi", limit: "512Mi" },
  paths: { startup: "/api/health", liveness: "/api/health", readiness: "/api/ready" },
  writablePaths: [
    { name: "tmp", path: "/tmp", sizeLimit: "64Mi" },
    { name: "next-cache", path: "/app/.next/cache", sizeLimit: "128Mi" },
  ],
  secretEnv: [],
}).describe("The Next.js frontend");

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
