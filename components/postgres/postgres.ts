import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { chartDefaults } from "../../settings/chart-defaults";
import { databaseSelector, objectLabels, podLabels } from "../../settings/labels";
import { containerSecurity, podSecurity } from "../web-service/pod-security";
import { databaseInCluster, type Settings } from "../../settings";

/** What no setting changes; the chart has the same. */
const { port, passwordKey, dataPath, probes, pullPolicy, ...fixed } = chartDefaults.postgres;

export interface PostgresArgs {
  settings: Settings;
  namespace: pulumi.Input<string>;
}

/**
 * PostgreSQL for development: one pod with a volume. Its password lives as long as the volume, which goes
 * with the namespace: where the database is elsewhere for a while (`databaseUrl`), the password is all that
 * is here, and fits the volume when the database comes back.
 */
export class Postgres extends pulumi.ComponentResource {
  /** Connection string, a secret; known once the database accepts connections. Undefined: it is elsewhere. */
  readonly url: pulumi.Output<string> | undefined;

  constructor(name: string, args: PostgresArgs, opts?: pulumi.ComponentResourceOptions) {
    super("todo-chatbot:database:Postgres", name, {}, opts);
    const { settings, namespace } = args;
    const postgres = settings.postgres;
    const selector = databaseSelector(settings);
    const labels = objectLabels(settings, "database", selector);
    const child = { parent: this };
    const user = postgres.runAsUser;

    const password = new random.RandomPassword(
      `${name}-password`,
      { length: 32, special: false },
      // A new password beside the old volume would lock the database.
      { ...child, ignoreChanges: ["length", "special"] },
    );
    if (!databaseInCluster(settings)) {
      this.registerOutputs({});
      return;
    }
    const secret = new kubernetes.core.v1.Secret(
      postgres.name,
      {
        metadata: { namespace, labels },
        type: "Opaque",
        immutable: true,
        stringData: { [passwordKey]: password.result },
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
        spec: {
          // Headless: a StatefulSet asks for it, and there is one pod to lead to.
          clusterIP: "None",
          selector,
          ports: [{ name: "postgres", port, targetPort: port, protocol: "TCP" }],
        },
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
              ...podSecurity({ runAsUser: user, runAsGroup: user, fsGroup: user }),
              terminationGracePeriodSeconds: fixed.terminationGracePeriodSeconds,
              containers: [container(settings, secret.metadata.name)],
              volumes: fixed.writablePaths.map(({ name: volume, sizeLimit }) => ({
                name: volume,
                emptyDir: { sizeLimit },
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
  const { command, ...readiness } = probes.readiness;
  return {
    name: "postgres",
    image,
    imagePullPolicy: pullPolicy,
    ...containerSecurity,
    ports: [{ name: "postgres", containerPort: port, protocol: "TCP" }],
    env: [
      { name: "POSTGRES_USER", value: user },
      { name: "POSTGRES_DB", value: database },
      {
        name: "POSTGRES_PASSWORD",
        valueFrom: { secretKeyRef: { name: secretName, key: passwordKey } },
      },
      // Below the volume's own folder, which may hold lost+found and belong to root.
      { name: "PGDATA", value: `${dataPath}/pgdata` },
      { name: "PGPORT", value: String(port) },
    ],
    resources,
    // While the image prepares the data it listens on no TCP port, so an open port means started and
    // alive; ready is what the server itself says.
    startupProbe: { tcpSocket: { port }, ...probes.startup },
    livenessProbe: { tcpSocket: { port }, ...probes.liveness },
    readinessProbe: { exec: { command }, ...readiness },
    volumeMounts: [
      { name: "data", mountPath: dataPath },
      ...fixed.writablePaths.map(({ name, path }) => ({ name, mountPath: path })),
    ],
  };
}
