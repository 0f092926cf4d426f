import { z } from "zod";
import * as f from "./fields";
import { backend, frontend } from "./service";

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
    .default("1.0.0")
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
  labels: f.stringMap.default({ app: "todo-app" }).describe("Labels on every object"),

  minikube: z
    .strictObject({
      driver: f.text.default("docker"),
      cpus: f.integer(2, 256).default(4),
      memory: f.integer(1800, 1_048_576).default(4096).describe("MB"),
      addons: z.array(f.text).default(["ingress", "metrics-server", "dashboard"]),
      containerRuntime: f.oneOf(["docker", "containerd"]).default("docker"),
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
      pullPolicy: f.oneOf(["IfNotPresent", "Never", "Always"]).default("IfNotPresent"),
      registry: z
        .strictObject({
          server: f.text.describe("host[:port][/path] that images are pushed to"),
          username: z.string("a user name").default(""),
        })
        .optional()
        .describe("Registry to push to; its password is registryPassword"),
      pullSecrets: z.array(f.dnsLabel).default([]).describe("imagePullSecrets of the pods"),
    })
    .prefault({}),

  backend,
  frontend,

  rollout: z
    .strictObject({
      maxSurge: f.integer(0, 100).default(1),
      maxUnavailable: f.integer(0, 100).default(0),
      timeoutSeconds: f
        .integer(30, 3600)
        .default(150)
        .describe("After this a rollout that isn't complete has failed"),
      progressDeadlineSeconds: f.integer(10, 3600).default(120),
      revisionHistoryLimit: f.integer(0, 100).default(3),
    })
    .prefault({}),

  configMap: z
    .strictObject({
      name: f.dnsLabel.default("todo-config"),
      immutable: f.flag
        .default(true)
        .describe("true: a new object, <name>-<suffix>, for each content; false: one by this name"),
      logLevel: f
        .oneOf(["trace", "debug", "info", "warn", "error", "fatal"])
        .default("info")
        .describe("LOG_LEVEL"),
      data: f.stringMap.default({}).describe("Further keys, and other values for known ones"),
    })
    .prefault({}),

  secrets: z
    .strictObject({
      name: f.dnsLabel.default("todo-secrets"),
      immutable: f.flag.default(true).describe("As for configMap.immutable"),
      keys: z
        .strictObject({
          DATABASE_URL: f.text.default("DATABASE_URL"),
          COHERE_API_KEY: f.text.default("COHERE_API_KEY"),
          BETTER_AUTH_SECRET: f.text.default("BETTER_AUTH_SECRET"),
          JWT_SECRET: f.text.default("JWT_SECRET"),
        })
        .prefault({})
        .describe("Key in the Secret for each environment variable"),
    })
    .prefault({}),

  postgres: z
    .strictObject({
      enabled: f.flag
        .optional()
        .describe("PostgreSQL in the cluster; default: in development, without a databaseUrl"),
      name: f.dnsLabel.default("todo-postgres"),
      image: f.text.default("postgres:18.4"),
      runAsUser: f
        .integer(1, 2_147_483_647)
        .default(999)
        .describe("User of the image that owns the data"),
      database: f.dnsLabel.default("todo"),
      user: f.dnsLabel.default("todo"),
      storage: f.memory.default("1Gi"),
      storageClass: f.text.optional().describe("default: the cluster's default class"),
      resources: z
        .strictObject({
          requests: z
            .strictObject({ cpu: f.cpu.default("100m"), memory: f.memory.default("128Mi") })
            .prefault({}),
          limits: z
            .strictObject({ cpu: f.cpu.default("500m"), memory: f.memory.default("512Mi") })
            .prefault({}),
        })
        .prefault({}),
    })
    .prefault({}),

  chart: z
    .strictObject({
      path: f.text
        .default("./helm/todo-app")
        .describe("Relative to this project: the path is part of the release's identity"),
      releaseName: f.dnsLabel.default("todo-app"),
      timeoutSeconds: f.integer(30, 3600).default(240),
      maxHistory: f.integer(1, 100).default(5),
      values: z
        .record(z.string(), z.unknown())
        .default({})
        .describe("Further values of the chart, merged over what the program sets"),
    })
    .prefault({}),

  databaseUrl: z.string("a PostgreSQL URL").default("").describe("DATABASE_URL"),
  cohereApiKey: z
    .string("a Cohere API key")
    .default("")
    .describe("COHERE_API_KEY; without one the chat answers by rules"),
  betterAuthSecret: z.string("a string").default("").describe("BETTER_AUTH_SECRET"),
  jwtSecret: z.string("a string").default("").describe("JWT_SECRET"),
  registryPassword: z.string("a string").default("").describe("Password of images.registry"),
});

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
