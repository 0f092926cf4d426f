import * as pulumi from "@pulumi/pulumi";
import {
  accessCommand,
  AppConfigMap,
  AppImage,
  AppNamespace,
  AppSecret,
  AppSecretValues,
  betterAuthUrl,
  ChartRelease,
  Cluster,
  configData,
  databaseInCluster,
  discoverCluster,
  hasNodePort,
  internalUrl,
  nodePortUrl,
  Ownership,
  plannedCluster,
  planVariable,
  Postgres,
  readSettings,
  serviceName,
  WebService,
} from "./components";
import { Enforcement } from "./policies";

// What is wanted, and what is there. Everything wrong with either is said here, before anything is made.
const settings = readSettings();
const planning = process.env[planVariable] === "1";
const facts = planning ? plannedCluster(settings) : discoverCluster(settings);

const cluster = new Cluster("cluster", { facts, kubeconfig: settings.kubeconfig });
const policies = new Enforcement(settings);
// A plan reports all that breaks a policy; it has nothing to keep from being made.
const ownership = new Ownership(settings.namespace, planning ? [] : [policies.checkRelease]);
const inCluster = {
  providers: [cluster.kubernetes, cluster.docker],
  // In this order: the check of the policies hands the inputs on as outputs.
  transformations: planning ? [ownership.watch] : [ownership.watch, policies.watch],
};

const namespace = new AppNamespace("app", { settings }, inCluster).name;

// The database: in the cluster for development, elsewhere by its URL.
const externalDatabase = databaseInCluster(settings) ? undefined : settings.databaseUrl;
const postgres =
  settings.environment === "development" || databaseInCluster(settings)
    ? new Postgres("postgres", { settings, namespace }, inCluster)
    : undefined;
const databaseUrl = postgres?.url ?? settings.databaseUrl;

// Configuration: what is secret, and what isn't.
const { values } = new AppSecretValues(
  "secrets",
  { settings, databaseUrl, betterAuthUrl: betterAuthUrl(settings, facts) },
  inCluster,
);
const secret = new AppSecret("secret", { settings, namespace, values }, inCluster);
const configMap = new AppConfigMap(
  "config",
  { settings, namespace, data: configData(settings, facts) },
  inCluster,
);

// The images, from source.
const image = (name: "backend" | "frontend") =>
  new AppImage(
    name,
    {
      image: settings[name].image,
      version: settings.version,
      images: settings.images,
      registryPassword: pulumi.secret(settings.registryPassword),
      cluster: facts,
    },
    inCluster,
  );
const images = { backend: image("backend").reference, frontend: image("frontend").reference };

// The release: its migration runs before any pod of a new version does.
const podAnnotations = { ...configMap.podAnnotations, ...secret.podAnnotations };
const names = { configMapName: configMap.name, secretName: secret.name };
const chart = new ChartRelease(
  "chart",
  { settings, namespace, images, ...names, podAnnotations, externalDatabase, ownership },
  inCluster,
);

// The workloads, where they aren't the chart's.
const webService = (component: "backend" | "frontend") =>
  new WebService(
    component,
    {
      component,
      service: settings[component],
      settings,
      namespace,
      image: images[component],
      ...names,
      podAnnotations:
        settings[component].secretEnv.length > 0 ? podAnnotations : configMap.podAnnotations,
    },
    { ...inCluster, dependsOn: chart },
  );
const nodePort =
  settings.workloads === "pulumi"
    ? { backend: webService("backend").nodePort, frontend: webService("frontend").nodePort }
    : { backend: chart.nodePort("backend"), frontend: chart.nodePort("frontend") };

const url = (port: pulumi.Output<number | undefined>) =>
  port.apply((number) => (number === undefined ? undefined : nodePortUrl(facts, number)));

export = {
  /** Where a browser on this machine finds the chatbot. */
  ...(hasNodePort(settings.frontend) && { frontendUrl: url(nodePort.frontend) }),
  /** The API from this machine. */
  ...(hasNodePort(settings.backend) && { backendUrl: url(nodePort.backend) }),
  /** Opens the way to the frontend where its NodePort can't be reached from this machine. */
  accessCommand: accessCommand(facts, settings.namespace, serviceName(settings.frontend)),
  internalUrls: {
    frontend: internalUrl(settings.frontend),
    backend: internalUrl(settings.backend),
  },
  imageNames: images,
  namespaceName: namespace,
};
