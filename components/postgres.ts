import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { databaseSelector, objectLabels, podLabels } from "./labels";
import { containerSecurity, podSecurity } from "./pod-security";
import type { Settings } from "./settings";

const port = 5432;
const dataFolder = "/var/lib/postgresql/data";

export interface PostgresArgs {
  settings: Settings;
  namespace: pulumi.Input<string>;
}

/**
 * PostgreSQL for development: one pod with a volume. Its password lives as long as the volume: both are
 * made with this component and go with the namespace, and nothing in between makes a new one.
 */
export class Postgres extends pulumi.ComponentResource {
  /** Connection string, a secret; known once the database accepts connections. */
  readonly url: pulumi.Output<string>;

  constructor(name: string, args: PostgresArgs, opts?: pulumi.ComponentResourceOptions) {
    super("todo-chatbot:database:Postgres", name, {}, opts);
    const { settings, namespace } = args;
    const postgres = settings.postgres;
    const selector = databaseSelector(settings);
    const labels = objectLabels(settings, "database", selector);
    const child = { parent: this };

    const password = new random.RandomPassword(
      `${name}-password`,
      { length: 32, special: false },
      // A new password beside the old volume would lock the database.
      { ...child, ignoreChanges: ["length", "special"] },
    );
    const secret = new kubernetes.core.v1.Secret(
      postgres.name,
      {
        metadata: { namespace, labels },
        immutable: true,
        stringData: { POSTGRES_PASSWORD: password.result },
      },
      child,
    );
    const service = new kubernetes.core.v1.Service(
      `${name}-service`,
      {
        metadata: {
          name: postgres.name,
          namespace,
          labels,
          // The StatefulSet is awaited; the Service would only wait for the same pod again.
          annotations: { "pulumi.com/skipAwait": "true" },
        },
        spec: { selector, ports: [{ name: "postgres", port, targetPort: port, protocol: "TCP" }] },
      },
      child,
    );
    const statefulSet = new kubernetes.apps.v1.StatefulSet(
      `${name}-statefulset`,
      {
        metadata: { name: postgres.name, namespace, labels },
        spec: {
          replicas: 1,
          serviceName: service.metadata.name,
          selector: { matchLabels: selector },
          template: {
            metadata: { labels: podLabels(settings, "database", selector) },
            spec: {
              ...podSecurity(postgres.runAsUser),
              terminationGracePeriodSeconds: 60,
              containers: [container(settings, secret.metadata.name)],
              volumes: ["tmp", "run"].map((volume) => ({
                name: volume,
                emptyDir: { sizeLimit: "64Mi" },
              })),
            },
          },
          volumeClaimTemplates: [
            {
              metadata: { name: "data", labels: selector },
              spec: {
                accessModes: ["ReadWriteOnce"],
                ...(postgres.storageClass && { storageClassName: postgres.storageClass }),
                resources: { requests: { storage: postgres.storage } },
              },
            },
          ],
        },
      },
      // Long enough for a first pull of the image.
      { ...child, customTimeouts: { create: "5m", update: "5m" } },
    );

    this.url = pulumi.secret(
      pulumi.interpolate`postgresql://${postgres.user}:${password.result}@${statefulSet.metadata.name}:${port}/${postgres.database}`,
    );
    this.registerOutputs({ url: this.url });
  }
}

function container(settings: Settings, secretName: pulumi.Input<string>) {
  const { image, user, database, resources } = settings.postgres;
  const probe = { tcpSocket: { port }, timeoutSeconds: 3 };
  return {
    name: "postgres",
    image,
    imagePullPolicy: "IfNotPresent",
    ...containerSecurity,
    ports: [{ name: "postgres", containerPort: port, protocol: "TCP" }],
    env: [
      { name: "POSTGRES_USER", value: user },
      { name: "POSTGRES_DB", value: database },
      {
        name: "POSTGRES_PASSWORD",
        valueFrom: { secretKeyRef: { name: secretName, key: "POSTGRES_PASSWORD" } },
      },
      // Below the volume's own folder, which may hold lost+found and belong to root.
      { name: "PGDATA", value: `${dataFolder}/pgdata` },
    ],
    resources,
    // While the image prepares the data it listens on no TCP port: an open port means ready.
    startupProbe: { ...probe, periodSeconds: 2, failureThreshold: 60 },
    livenessProbe: { ...probe, periodSeconds: 10, failureThreshold: 6 },
    readinessProbe: { ...probe, periodSeconds: 3, failureThreshold: 2 },
    volumeMounts: [
      { name: "data", mountPath: dataFolder },
      { name: "tmp", mountPath: "/tmp" },
      { name: "run", mountPath: "/var/run/postgresql" },
    ],
  };
}
