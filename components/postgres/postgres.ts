import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { chartDefaults, databaseClaimName } from "../../settings";
import { assertNonRoot } from "../pods/pod-security";
import { DataRecord } from "./data-record";
import { postgresPod, type PostgresPodArgs } from "./postgres-pod";

/** What no setting changes; the chart uses the same values. */
const { port, passwordKey } = chartDefaults.postgres;

/** Arguments of {@link Postgres}. */
export interface PostgresArgs extends Omit<PostgresPodArgs, "secretName"> {
  /**
   * Whether the database runs. false: only its password is kept, for the volume that may still exist.
   *
   * @default true
   */
  readonly running?: boolean;

  /** Namespace of all objects. */
  readonly namespace: pulumi.Input<string>;

  /** Name of StatefulSet and Service, and prefix of the Secret's name. */
  readonly objectName: string;

  /** Labels of the objects. */
  readonly labels: Readonly<Record<string, pulumi.Input<string>>>;

  /** Labels of the pod; they include the selector's. */
  readonly podLabels: Readonly<Record<string, pulumi.Input<string>>>;

  /** Labels by which StatefulSet and Service select the pod. */
  readonly selectorLabels: Readonly<Record<string, pulumi.Input<string>>>;

  /** Size of the volume, as a Kubernetes quantity. */
  readonly storage: pulumi.Input<string>;

  /**
   * Storage class of the volume.
   *
   * @default the cluster's default class
   */
  readonly storageClass?: pulumi.Input<string>;
}

/**
 * PostgreSQL for development: one pod with a volume. The volume lives as long as the namespace, and so does
 * the password: while another database is used (`databaseUrl`), the password is all that exists here, and
 * fits the volume when this database runs again.
 */
export class Postgres extends pulumi.ComponentResource {
  /** Connection URL, a secret, known once the database accepts connections; undefined while it doesn't run. */
  readonly url: pulumi.Output<string> | undefined;

  constructor(name: string, args: PostgresArgs, opts?: pulumi.ComponentResourceOptions) {
    super("todo-chatbot:database:Postgres", name, {}, opts);
    assertNonRoot(`Postgres "${name}"`, args.runAsUser);
    const { running = true, namespace, objectName, labels, selectorLabels, storageClass } = args;
    const child = { parent: this };

    const password = new random.RandomPassword(
      `${name}-password`,
      { length: 32, special: false },
      // A new password next to the old volume would lock the database.
      { ...child, ignoreChanges: ["length", "special"] },
    );
    const record = (dependsOn: pulumi.Resource[]): DataRecord =>
      new DataRecord(
        `${name}-data`,
        {
          namespace,
          name: objectName,
          image: args.image,
          runAsUser: args.runAsUser,
          database: args.database,
          user: args.user,
          storage: args.storage,
          storageClass: storageClass ?? "",
          existingData: args.existingData,
        },
        { ...child, dependsOn },
      );
    if (!running) {
      record([]);
      this.registerOutputs({});
      return;
    }
    const secret = new kubernetes.core.v1.Secret(
      objectName,
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
          name: objectName,
          namespace,
          labels,
          // Pulumi awaits the StatefulSet; awaiting the Service would only wait for the same pod again.
          annotations: { "pulumi.com/skipAwait": "true" },
        },
        spec: {
          // Headless: a StatefulSet requires it, and there is only one pod.
          clusterIP: "None",
          selector: selectorLabels,
          ports: [{ name: "postgres", port, targetPort: port, protocol: "TCP" }],
        },
      },
      child,
    );
    const claimSpec = {
      accessModes: ["ReadWriteOnce"],
      ...(storageClass !== undefined && { storageClassName: storageClass }),
      resources: { requests: { storage: args.storage } },
    };
    // The claim of the StatefulSet's template, by its name. As a patch it also covers one that exists, and
    // grows it in place where its class allows that; the template itself can't change.
    const claim = new kubernetes.core.v1.PersistentVolumeClaimPatch(
      `${name}-claim`,
      {
        metadata: {
          name: databaseClaimName(objectName),
          namespace,
          labels: selectorLabels,
          annotations: {
            // Some classes bind a claim only when a pod uses it.
            "pulumi.com/skipAwait": "true",
            // The controller that created a claim owns its size too.
            "pulumi.com/patchForce": "true",
          },
        },
        spec: claimSpec,
      },
      {
        ...child,
        // A patch can't give up the fields that every claim needs. The claim goes with the namespace.
        retainOnDelete: true,
        // It can't change; the record below says so in words, before the API server refuses the patch.
        ignoreChanges: ["spec.storageClassName"],
      },
    );
    const statefulSet = new kubernetes.apps.v1.StatefulSet(
      `${name}-statefulset`,
      {
        metadata: { name: objectName, namespace, labels },
        spec: {
          replicas: 1,
          serviceName: service.metadata.name,
          selector: { matchLabels: selectorLabels },
          template: {
            metadata: { labels: args.podLabels },
            spec: postgresPod({ ...args, secretName: secret.metadata.name }),
          },
          volumeClaimTemplates: [
            {
              metadata: { name: "data", labels: selectorLabels },
              spec: claimSpec,
            },
          ],
        },
      },
      // Long enough for the first pull of the image.
      {
        ...child,
        // The record comes after the claim, so that it never has a size that the claim was refused.
        dependsOn: record([claim]),
        // A change here would replace the StatefulSet, and leave the claim as it is.
        ignoreChanges: ["spec.volumeClaimTemplates"],
        customTimeouts: { create: "5m", update: "5m" },
      },
    );

    this.url = pulumi.secret(
      pulumi.interpolate`postgresql://${args.user}:${password.result}@${statefulSet.metadata.name}:${port}/${args.database}`,
    );
    this.registerOutputs({ url: this.url });
  }
}
