import { existsSync } from "node:fs";
import { databaseSelector, podLabels } from "../labels";
import { mebibytes, milliCpu } from "./fields";
import type { Settings } from "./schema";
import type { ContainerResources } from "./resources";
import { hasNodePort, type WebServiceSettings } from "./service";

/** One thing that is wrong with the settings. */
export interface Problem {
  /** The key, with its path: `backend.resources.limits.cpu`. */
  key: string;
  found: string;
  expected: string;
}

/** Settings that must fit each other, and how what doesn't is said. */
interface Rule {
  /** The settings that it looks at. */
  reads: readonly (keyof Settings)[];
  check: (settings: Settings) => Problem[];
}

const rules: readonly Rule[] = [
  { reads: ["backend"], check: ({ backend }) => webService("backend", backend) },
  { reads: ["frontend"], check: ({ frontend }) => webService("frontend", frontend) },
  { reads: ["postgres"], check: ({ postgres }) => sizes("postgres", postgres.resources) },
  { reads: ["backend", "frontend", "postgres"], check: names },
  { reads: ["backend", "frontend", "chart"], check: paths },
  { reads: ["backend", "frontend", "labels", "version", "chart"], check: selectors },
  { reads: ["backend", "frontend"], check: nodePorts },
  { reads: ["chart"], check: chartValues },
  { reads: ["rollout"], check: rollout },
  { reads: ["images", "registryPassword"], check: images },
  { reads: ["databaseUrl", "postgres", "environment"], check: database },
  {
    reads: ["environment", "postgres", "databaseUrl", "betterAuthSecret", "jwtSecret"],
    check: productionSecrets,
  },
];

/**
 * What one key's schema can't see: settings that must fit each other.
 *
 * @param wrong keys that are known to be wrong already: nothing can be said of what depends on them.
 */
export function crossCheck(settings: Settings, wrong: ReadonlySet<string> = new Set()): Problem[] {
  return rules
    .filter(({ reads }) => !reads.some((key) => wrong.has(key)))
    .flatMap(({ check }) => check(settings));
}

function webService(key: "backend" | "frontend", service: WebServiceSettings): Problem[] {
  const problems = sizes(key, service.resources);
  if (service.terminationGracePeriodSeconds <= service.preStopSeconds) {
    problems.push({
      key: `${key}.terminationGracePeriodSeconds`,
      found: String(service.terminationGracePeriodSeconds),
      expected: `more than preStopSeconds, ${service.preStopSeconds}: the drain comes after the pause`,
    });
  }
  if (Object.keys(service.selectorLabels).length === 0) {
    problems.push({ key: `${key}.selectorLabels`, found: "{}", expected: "at least one label" });
  }
  const { minReplicas, maxReplicas } = service.autoscaling;
  if (minReplicas > maxReplicas) {
    problems.push({
      key: `${key}.autoscaling.maxReplicas`,
      found: String(maxReplicas),
      expected: `at least minReplicas, ${minReplicas}`,
    });
  }
  return problems;
}

/** No container may ask for more than it may take. */
function sizes(key: string, { requests, limits }: ContainerResources): Problem[] {
  const measures = { cpu: milliCpu, memory: mebibytes, "ephemeral-storage": mebibytes } as const;
  return (["cpu", "memory", "ephemeral-storage"] as const)
    .filter((name) => measures[name](requests[name]) > measures[name](limits[name]))
    .map((name) => ({
      key: `${key}.resources.limits.${name}`,
      found: limits[name],
      expected: `at least the request, ${requests[name]}`,
    }));
}

/** Two objects of one kind have two names: the Deployments, and the Services with the database's. */
function names({ backend, frontend, postgres }: Settings): Problem[] {
  return [
    ...twice([
      ["backend.name", backend.name],
      ["frontend.name", frontend.name],
    ]),
    ...twice([
      ["backend.service.name", backend.service.name],
      ["frontend.service.name", frontend.service.name],
      ["backend.name", backend.service.name === undefined ? backend.name : undefined],
      ["frontend.name", frontend.service.name === undefined ? frontend.name : undefined],
      ["postgres.name", postgres.enabled === false ? undefined : postgres.name],
    ]),
  ].filter(({ key }, index, all) => all.findIndex((other) => other.key === key) === index);
}

function twice(keys: readonly (readonly [string, string | undefined])[]): Problem[] {
  return keys.flatMap(([key, name], index) => {
    const [first] = keys.slice(0, index).find(([, other]) => other === name) ?? [];
    if (name === undefined || first === undefined) return [];
    return [{ key, found: name, expected: `another name than ${first}` }];
  });
}

/** What is read from the project's folder is there. */
function paths({ backend, frontend, chart }: Settings): Problem[] {
  const wanted = {
    "backend.image.context": backend.image.context,
    "backend.image.dockerfile": backend.image.dockerfile,
    "frontend.image.context": frontend.image.context,
    "frontend.image.dockerfile": frontend.image.dockerfile,
    "chart.path": chart.path,
  };
  return Object.entries(wanted)
    .filter(([, path]) => !existsSync(path))
    .map(([key, found]) => ({
      key,
      found: `${found}, where nothing is`,
      expected: "a path that is there, from the project's folder",
    }));
}

/** A Service must find its own pods only, and so must a Deployment. */
function selectors(settings: Settings): Problem[] {
  const pods = {
    backend: podLabels(settings, "backend", settings.backend.selectorLabels),
    frontend: podLabels(settings, "frontend", settings.frontend.selectorLabels),
    database: podLabels(settings, "database", databaseSelector(settings)),
  };
  return (["backend", "frontend"] as const).flatMap((key) => {
    const selector = Object.entries(settings[key].selectorLabels);
    const others = (["backend", "frontend", "database"] as const).filter(
      (other) => other !== key && selector.every(([label, value]) => pods[other][label] === value),
    );
    return selector.length === 0 || others.length === 0
      ? []
      : [
          {
            key: `${key}.selectorLabels`,
            found: `${JSON.stringify(settings[key].selectorLabels)}, which the pods of ${others.join(" and ")} have too`,
            expected: "labels that its own pods alone have",
          },
        ];
  });
}

/**
 * What program and release both go by: a setting sets it for both, `chart.values` for the release alone,
 * whose policies, autoscalers and tests would then look for what the program doesn't make.
 */
const shared = ["name", "selectorLabels", "port", "service"] as const;

function chartValues({ chart: { values } }: Settings): Problem[] {
  return (["backend", "frontend"] as const).flatMap((key) => {
    const given = values[key];
    if (typeof given !== "object" || given === null) return [];
    return shared
      .filter((name) => name in given)
      .map((name) => ({
        key: `chart.values.${key}.${name}`,
        found: JSON.stringify((given as Record<string, unknown>)[name]),
        expected: `nothing here: ${key}.${name} sets it for program and release alike`,
      }));
  });
}

function rollout({ rollout: { maxSurge, maxUnavailable } }: Settings): Problem[] {
  if (maxSurge > 0 || maxUnavailable > 0) return [];
  const expected = "at least 1 where maxUnavailable is 0: else no pod can be replaced";
  return [{ key: "rollout.maxSurge", found: "0", expected }];
}

function nodePorts(settings: Settings): Problem[] {
  // A nodePort stays in the defaults when only the type is set to ClusterIP: that is no mistake.
  const [first, second] = (["backend", "frontend"] as const)
    .filter((key) => hasNodePort(settings[key]))
    .map((key) => settings[key].service.nodePort);
  if (first === undefined || first === null || first !== second) return [];
  const expected = "another port than backend.service.nodePort";
  return [{ key: "frontend.service.nodePort", found: String(second), expected }];
}

function images(settings: Settings): Problem[] {
  const problems: Problem[] = [];
  const { delivery, registry } = settings.images;
  if (delivery === "registry" && registry === undefined) {
    problems.push({
      key: "images.registry",
      found: "nothing",
      expected: "{server: …} where images.delivery is registry",
    });
  }
  if (registry?.username && settings.registryPassword === "") {
    problems.push({
      key: "registryPassword",
      found: "nothing",
      expected: `the password of ${registry.username}: pulumi config set --secret registryPassword`,
    });
  }
  return problems;
}

function database(settings: Settings): Problem[] {
  const problems: Problem[] = [];
  const url = settings.databaseUrl;
  if (url !== "" && !isPostgresUrl(url)) {
    problems.push({
      key: "databaseUrl",
      found: "a value that is no PostgreSQL URL (not shown: it is a secret)",
      expected: "postgresql://user:password@host[:port]/database[?sslmode=require]",
    });
  }
  if (url !== "" && settings.postgres.enabled === true) {
    problems.push({
      key: "postgres.enabled",
      found: "true beside a databaseUrl",
      expected: "one database: leave out databaseUrl, or set postgres.enabled to false",
    });
  }
  if (url === "" && settings.environment === "development" && settings.postgres.enabled === false) {
    problems.push({
      key: "databaseUrl",
      found: "nothing, and postgres.enabled is false",
      expected: "a database: set databaseUrl, or postgres.enabled to true",
    });
  }
  return problems;
}

/** Production generates nothing: it names what is missing. The Cohere key is optional everywhere. */
function productionSecrets(settings: Settings): Problem[] {
  if (settings.environment !== "production") return [];
  const needed = ["betterAuthSecret", "jwtSecret"] as const;
  const database = settings.postgres.enabled === true ? [] : (["databaseUrl"] as const);
  return [...database, ...needed]
    .filter((key) => settings[key] === "")
    .map((key) => ({
      key,
      found: "nothing",
      expected: `a value in production: pulumi config set --secret ${key} …`,
    }));
}

function isPostgresUrl(text: string): boolean {
  if (!/^postgres(ql)?:\/\/[^\s]+$/.test(text) || !URL.canParse(text)) return false;
  return new URL(text).hostname !== "";
}
