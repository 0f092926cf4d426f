import * as pulumi from "@pulumi/pulumi";
import {
  accessCommand,
  AppConfigMap,
  appConfigMapArgs,
  AppImage,
  appImageArgs,
  AppNamespace,
  appNamespaceArgs,
  AppSecret,
  appSecretArgs,
  AppSecretValues,
  appSecretValuesArgs,
  ChartRelease,
  chartReleaseArgs,
  Cluster,
  clusterArgs,
  clusterRoom,
  discoverCluster,
  hasIpv6,
  nodePortUrl,
  Ownership,
  plannedCluster,
  planVariable,
  Postgres,
  postgresArgs,
  WebService,
  webServiceArgs,
} from "./components";
import { isDestroying } from "./lib/pulumi/destroying";
import { withRunErrors } from "./lib/pulumi/run-error";
import { Enforcement } from "./policies";
import { databaseInCluster, hasNodePort, internalUrl, readSettings, serviceName } from "./settings";

// The settings, and the cluster. Every error in either is thrown here, before any resource is registered.
const settings = withRunErrors(readSettings);
const PLANNING = process.env[planVariable] === "1";
const facts = withRunErrors(() =>
  PLANNING ? plannedCluster(settings) : discoverCluster(settings),
);

// What is destroyed needs no room, whatever the cluster has become.
const room = PLANNING || isDestroying() ? undefined : clusterRoom(settings);
const policies = new Enforcement(settings, room);
// A plan lists all violations of the policies; it has nothing to prevent.
const ownership = new Ownership(settings.namespace, PLANNING ? [] : [policies.checkRelease]);
// Of the stack, so that they see every resource, whatever options it is created with. In this order: the check
// of the policies turns the inputs into outputs.
for (const watch of PLANNING ? [ownership.watch] : [ownership.watch, policies.watch]) {
  pulumi.runtime.registerStackTransformation(watch);
}

const cluster = new Cluster("cluster", clusterArgs(settings, facts));
const inCluster = { providers: [cluster.kubernetes, cluster.docker] };

// The images, from source.
const image = (name: "backend" | "frontend") =>
  new AppImage(name, appImageArgs(settings, name, facts), inCluster);
const [backendImage, frontendImage] = [image("backend"), image("frontend")];
const images = { backend: backendImage.reference, frontend: frontendImage.reference };

// The namespace depends on the images in the node: destroy deletes them after it, when no pod uses them.
const { name: namespace, created } = new AppNamespace("app", appNamespaceArgs(settings), {
  ...inCluster,
  dependsOn: [backendImage, frontendImage].flatMap(({ presence }) => presence ?? []),
});

// The database: in the cluster for development, or any other by its URL.
const postgres =
  settings.environment === "development" || databaseInCluster(settings)
    ? new Postgres("postgres", postgresArgs(settings, namespace), inCluster)
    : undefined;
const databaseUrl = postgres?.url ?? settings.databaseUrl;

// Configuration: the secret part, and the other one.
const { values } = new AppSecretValues(
  "secrets",
  appSecretValuesArgs(settings, facts, databaseUrl),
  inCluster,
);
const secret = new AppSecret("secret", appSecretArgs(settings, namespace, values), inCluster);
const configMap = new AppConfigMap(
  "config",
  appConfigMapArgs(settings, facts, namespace),
  inCluster,
);

// The release: its migration runs before any pod of a new version starts.
const chart = new ChartRelease(
  "chart",
  chartReleaseArgs(settings, {
    namespace,
    deletedWith: created,
    images,
    configMapName: configMap.name,
    secretName: secret.name,
    podAnnotations: { ...configMap.podAnnotations, ...secret.podAnnotations },
    ipv6: hasIpv6(facts),
    checkObjects: ownership.check,
  }),
  inCluster,
);

// The workloads, unless the chart owns them.
const webService = (component: "backend" | "frontend") =>
  new WebService(
    component,
    webServiceArgs(settings, component, {
      namespace,
      image: images[component],
      configMap,
      secret,
    }),
    { ...inCluster, dependsOn: chart },
  );
const nodePort =
  settings.workloads === "pulumi"
    ? { backend: webService("backend").nodePort, frontend: webService("frontend").nodePort }
    : { backend: chart.nodePort("backend"), frontend: chart.nodePort("frontend") };

const url = (port: pulumi.Output<number | undefined>) =>
  port.apply((number) => (number === undefined ? undefined : nodePortUrl(facts, number)));

export = {
  /** URL of the chatbot for a browser on this machine. */
  ...(hasNodePort(settings.frontend) && { frontendUrl: url(nodePort.frontend) }),
  /** URL of the API from this machine. */
  ...(hasNodePort(settings.backend) && { backendUrl: url(nodePort.backend) }),
  /** A command that makes the frontend reachable where this machine can't reach its NodePort. */
  accessCommand: accessCommand(facts, settings, serviceName(settings.frontend)),
  /** URLs of the Services inside the cluster. */
  internalUrls: {
    frontend: internalUrl(settings.frontend),
    backend: internalUrl(settings.backend),
  },
  /** References of the images. */
  imageNames: images,
  /** Namespace of all objects. */
  namespaceName: namespace,
};
