import { z } from "zod";
import { chart, chartDefaults, logLevels } from "./chart-defaults";
import * as f from "./fields";
import { resources } from "./sections/resources";
import { backend, frontend } from "./sections/web-service";

const { backend: web, configMap, labels, postgres, rollout, secret } = chartDefaults;
const { securityContext } = chartDefaults;

/**
 * Every setting of the program: one key of the stack's configuration each. `Pulumi.yaml` declares
 * the same keys for `pulumi config`, and a test holds the two together.
 */
export const schema = z.strictObject({
  environment: f
    .oneOf(["development", "production"])
    .default("development")
    .describe("development generates what secrets are missing and brings PostgreSQL"),
  version: f.text
    .regex(/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/, { error: "a semantic version such as 1.0.0" })
    .default(chart.appVersion)
    .describe("Version of the application: in the images' tags and the pods' labels"),
  context: f.text.default("minikube").describe("Context of the kubeconfig"),
  kubeconfig: z
    .string("a path")
    .default("")
    .describe("Path of the kubeconfig; empty: $KUBECONFIG, else ~/.kube/config"),
  allowedContexts: z
    .array(f.text, "a list of context names")
    .default([])
    .describe("Contexts that may be deployed to although they aren't on this machine"),
  namespace: f.dnsLabel.default("todo-app").describe("Namespace of everything"),
  workloads: f
    .oneOf(["pulumi", "chart"])
    .default("pulumi")
    .describe("Who owns the Deployments and Services: this program, or the Helm release"),
  labels: f.labels.default(labels).describe("Labels on every object"),

  minikube: z
    .strictObject({
      driver: f.text.default("docker").describe("Minikube's driver"),
      cpus: f.integer(2, 256).default(4).describe("CPUs of the node, at most the machine's"),
      memory: f.integer(1800, 1_048_576).default(4096).describe("Memory of the node in MB"),
      diskSize: f
        .integer(2000, 10_000_000)
        .optional()
        .describe("Disk of the node in MB, where it is a virtual machine; default: Minikube's"),
      kubernetesVersion: f.text
        .regex(/^v?\d+\.\d+\.\d+$/, { error: "a version of Kubernetes such as 1.34.0" })
        .optional()
        .describe("Version of Kubernetes; default: Minikube's. The sandbox has one alone"),
      addons: z
        .array(f.text)
        .default(["ingress", "metrics-server", "dashboard"])
        .describe("Addons that are switched on"),
      containerRuntime: f
        .oneOf(["docker", "containerd"])
        .default("docker")
        .describe("What runs the containers; docker builds the images in the node itself"),
      publishPorts: z
        .array(f.nodePort)
        .default([])
        .describe("NodePorts that answer on 127.0.0.1 beside those of backend and frontend"),
    })
    .prefault({})
    .describe("The Minikube profile that `npm run up` creates where none is there"),

  images: z
    .strictObject({
      delivery: f
        .oneOf(["auto", "minikube-daemon", "minikube-load", "registry", "host-daemon"])
        .default("auto")
        .describe("How an image gets into the cluster; auto chooses by what the cluster is"),
      nodeImage: f.text.optional().describe("Base image with Node.js; default: the Dockerfile's"),
      platform: f.text.optional().describe("os/arch of the images; default: the builder's"),
      pullPolicy: f
        .oneOf(["IfNotPresent", "Never", "Always"])
        .default(web.image.pullPolicy)
        .describe("When a node pulls; Always breaks images that are built inside the cluster"),
      runAsUser: f
        .integer(1, 2_147_483_647)
        .default(securityContext.runAsUser)
        .describe("User and group that backend and frontend run as"),
      registry: z
        .strictObject({
          server: f.text.describe("host[:port][/path] that images are pushed to"),
          username: z
            .string("a user name")
            .default("")
            .describe("User who pushes; empty: nobody in particular"),
        })
        .optional()
        .describe("Registry to push to; its password is registryPassword"),
      pullSecrets: z.array(f.dnsLabel).default([]).describe("imagePullSecrets of the pods"),
    })
    .prefault({})
    .describe("The images of backend and frontend"),

  backend,
  frontend,

  rollout: z
    .strictObject({
      maxSurge: f
        .integer(0, 100)
        .default(rollout.maxSurge)
        .describe("Pods above replicas during a rollout"),
      maxUnavailable: f
        .integer(0, 100)
        .default(rollout.maxUnavailable)
        .describe("Pods below replicas during a rollout; 0 keeps full capacity"),
      timeoutSeconds: f
        .integer(30, 3600)
        .default(120)
        .describe("After this a rollout that isn't complete has failed"),
      progressDeadlineSeconds: f
        .integer(10, 3600)
        .default(rollout.progressDeadlineSeconds)
        .describe("After this without progress Kubernetes calls it failed"),
      revisionHistoryLimit: f
        .integer(0, 100)
        .default(rollout.revisionHistoryLimit)
        .describe("Old versions that are kept for a way back"),
    })
    .prefault({})
    .describe("How a new version takes the old one's place"),

  configMap: z
    .strictObject({
      name: f.dnsLabel.default(configMap.name).describe("Its name, or the first part of it"),
      immutable: f.flag
        .default(true)
        .describe("true: a new object, <name>-<suffix>, for each content; false: one by this name"),
      logLevel: f.oneOf(logLevels).default(configMap.data.LOG_LEVEL).describe("LOG_LEVEL"),
      data: z
        .record(f.dataKey, z.string("a string"))
        .default({})
        .describe("Further keys, and other values for known ones"),
    })
    .prefault({})
    .describe("What isn't secret"),

  secrets: z
    .strictObject({
      name: f.dnsLabel.default(secret.name).describe("Its name, or the first part of it"),
      immutable: f.flag.default(true).describe("As for configMap.immutable"),
      keys: z
        .strictObject({
          DATABASE_URL: f.dataKey
            .default(keyOf("DATABASE_URL"))
            .describe("Where it has the PostgreSQL URL"),
          COHERE_API_KEY: f.dataKey
            .default(keyOf("COHERE_API_KEY"))
            .describe("Where it has the language model's key"),
          BETTER_AUTH_SECRET: f.dataKey
            .default(keyOf("BETTER_AUTH_SECRET"))
            .describe("Where it has what signs the sessions"),
          JWT_SECRET: f.dataKey
            .default(keyOf("JWT_SECRET"))
            .describe("Where it has what signs the tokens"),
          BETTER_AUTH_URL: f.dataKey
            .default("BETTER_AUTH_URL")
            .describe("Where it has the page's address, if a secretEnv names that"),
        })
        .prefault({})
        .describe("Key in the Secret for each environment variable"),
    })
    .prefault({})
    .describe("The Secret; its values are the single keys above"),

  postgres: z
    .strictObject({
      enabled: f.flag
        .optional()
        .describe("PostgreSQL in the cluster; default: in development, without a databaseUrl"),
      name: f.dnsLabel.default(postgres.name).describe("Name of the StatefulSet and its Service"),
      image: f.text
        .default(postgres.image)
        .describe("The official image, or one with its variables"),
      runAsUser: f
        .integer(1, 2_147_483_647)
        .default(postgres.runAsUser)
        .describe("User who runs it and owns the data"),
      database: f.dnsLabel.default(postgres.database).describe("Name of the database"),
      user: f.dnsLabel.default(postgres.user).describe("User who owns it"),
      storage: f.memory.default(postgres.storage).describe("Size of its volume"),
      storageClass: f.text.optional().describe("Class of its volume; default: the cluster's"),
      resources: resources(postgres.resources, "logs, and files outside its volume"),
    })
    .prefault({})
    .describe("PostgreSQL in the cluster, for development"),

  chart: z
    .strictObject({
      path: f.text
        .default("./helm/todo-app")
        .describe("Relative to this project: the path is part of the release's identity"),
      releaseName: f.dnsLabel.default("todo-app").describe("Name of the release"),
      timeoutSeconds: f
        .integer(30, 3600)
        .default(240)
        .describe("After this it has failed, and goes back"),
      maxHistory: f.integer(1, 100).default(5).describe("Revisions that Helm keeps"),
      values: z
        .record(z.string(), z.unknown())
        .default({})
        .describe("Further values of the chart, merged over what the program sets"),
    })
    .prefault({})
    .describe("The Helm release of the chart"),

  databaseUrl: z.string("a PostgreSQL URL").default("").describe("DATABASE_URL"),
  cohereApiKey: z
    .string("a Cohere API key")
    .default("")
    .describe("COHERE_API_KEY; without one the chat answers by rules"),
  betterAuthSecret: f.signingSecret.default("").describe("BETTER_AUTH_SECRET"),
  jwtSecret: f.signingSecret.default("").describe("JWT_SECRET"),
  registryPassword: z.string("a string").default("").describe("Password of images.registry"),
});

/** The chart's key for an environment variable in the Secret. */
function keyOf(variable: string): string {
  return secret.keys[variable] ?? variable;
}

/** Keys whose values are secrets: encrypted in the stack's file, never shown. */
export const secretKeys = [
  "databaseUrl",
  "cohereApiKey",
  "betterAuthSecret",
  "jwtSecret",
  "registryPassword",
] as const satisfies readonly (keyof typeof schema.shape)[];

/** All settings, every default filled in. Secrets are plain text here: wrap them before use. */
export type Settings = z.output<typeof schema>;
