import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { chartDefaults, POSTGRES_DATA_CHECK } from "../../settings";
import { containerSecurity, podSecurity } from "../pods/pod-security";
import { emptyDirVolumes, volumeMounts } from "../pods/writable-paths";

/** What no setting changes; the chart uses the same values. */
const { port, passwordKey, dataPath, probes, pullPolicy, writablePaths, ...fixed } =
  chartDefaults.postgres;

/** Arguments of {@link postgresPod}. */
export interface PostgresPodArgs {
  /** The official image, or one with the same variables. */
  readonly image: pulumi.Input<string>;

  /** User who runs the database and owns its data; not 0. */
  readonly runAsUser: number;

  /** Name of the database. */
  readonly database: pulumi.Input<string>;

  /** User who owns the database. */
  readonly user: pulumi.Input<string>;

  /** What happens to data in the volume that can't be used: refuse, keep or drop. */
  readonly existingData: pulumi.Input<string>;

  /** Requests and limits of the container. */
  readonly resources: pulumi.Input<kubernetes.types.input.core.v1.ResourceRequirements>;

  /** Name of the Secret with the password. */
  readonly secretName: pulumi.Input<string>;
}

/** The specification of PostgreSQL's pod; the volume `data` comes from a volume claim template. */
export function postgresPod(args: PostgresPodArgs): kubernetes.types.input.core.v1.PodSpec {
  return {
    ...podSecurity(args.runAsUser),
    terminationGracePeriodSeconds: fixed.terminationGracePeriodSeconds,
    initContainers: [dataCheck(args)],
    containers: [container(args)],
    volumes: emptyDirVolumes(writablePaths),
  };
}

/** Checks data that the volume has from before, and ends with the reason where it can't be used. */
function dataCheck(args: PostgresPodArgs) {
  return {
    name: "check-data",
    image: args.image,
    imagePullPolicy: pullPolicy,
    ...containerSecurity,
    command: ["/bin/sh", "-c", POSTGRES_DATA_CHECK],
    env: [...environment(args), { name: "EXISTING_DATA", value: args.existingData }],
    resources: args.resources,
    volumeMounts: dataMounts,
  };
}

function container(args: PostgresPodArgs) {
  const { command, ...readiness } = probes.readiness;
  return {
    name: "postgres",
    image: args.image,
    imagePullPolicy: pullPolicy,
    ...containerSecurity,
    ports: [{ name: "postgres", containerPort: port, protocol: "TCP" }],
    env: environment(args),
    resources: args.resources,
    // While the image prepares the data it listens on no TCP port, so an open port means started and
    // alive; only the server itself knows whether it is ready.
    startupProbe: { tcpSocket: { port }, ...probes.startup },
    livenessProbe: { tcpSocket: { port }, ...probes.liveness },
    readinessProbe: { exec: { command }, ...readiness },
    volumeMounts: dataMounts,
  };
}

const dataMounts = [{ name: "data", mountPath: dataPath }, ...volumeMounts(writablePaths)];

function environment({ user, database, secretName }: PostgresPodArgs) {
  return [
    { name: "POSTGRES_USER", value: user },
    { name: "POSTGRES_DB", value: database },
    {
      name: "POSTGRES_PASSWORD",
      valueFrom: { secretKeyRef: { name: secretName, key: passwordKey } },
    },
    // Below the volume's root, which may contain lost+found and belong to root.
    { name: "PGDATA", value: `${dataPath}/pgdata` },
    { name: "PGPORT", value: String(port) },
  ];
}
