import { mebibytes, milliCpu } from "./fields";
import type { Settings } from "./schema";

/** One thing that is wrong with the settings. */
export interface Problem {
  /** The key, with its path: `backend.resources.limits.cpu`. */
  key: string;
  found: string;
  expected: string;
}

/** What one key's schema can't see: settings that must fit each other. */
export function crossCheck(settings: Settings): Problem[] {
  return [
    ...services(settings),
    ...nodePorts(settings),
    ...images(settings),
    ...database(settings),
    ...productionSecrets(settings),
  ];
}

function services(settings: Settings): Problem[] {
  const problems: Problem[] = [];
  for (const key of ["backend", "frontend"] as const) {
    const service = settings[key];
    const { requests, limits } = service.resources;
    if (milliCpu(requests.cpu) > milliCpu(limits.cpu)) {
      problems.push({
        key: `${key}.resources.limits.cpu`,
        found: limits.cpu,
        expected: `at least the request, ${requests.cpu}`,
      });
    }
    if (mebibytes(requests.memory) > mebibytes(limits.memory)) {
      problems.push({
        key: `${key}.resources.limits.memory`,
        found: limits.memory,
        expected: `at least the request, ${requests.memory}`,
      });
    }
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
  }
  if (sameEntries(settings.backend.selectorLabels, settings.frontend.selectorLabels)) {
    problems.push({
      key: "frontend.selectorLabels",
      found: JSON.stringify(settings.frontend.selectorLabels),
      expected: "other labels than backend.selectorLabels: a Service must find its own pods only",
    });
  }
  if (settings.backend.name === settings.frontend.name) {
    problems.push({
      key: "frontend.name",
      found: settings.frontend.name,
      expected: "another name than backend.name",
    });
  }
  if (settings.rollout.maxSurge === 0 && settings.rollout.maxUnavailable === 0) {
    problems.push({
      key: "rollout.maxSurge",
      found: "0",
      expected: "at least 1 where maxUnavailable is 0: else no pod can be replaced",
    });
  }
  return problems;
}

function nodePorts(settings: Settings): Problem[] {
  const problems: Problem[] = [];
  // A nodePort stays in the defaults when only the type is set to ClusterIP: that is no mistake.
  const pinned = (["backend", "frontend"] as const).filter(
    (key) => settings[key].service.type !== "ClusterIP" && settings[key].service.nodePort !== null,
  );
  const [first, second] = pinned.map((key) => settings[key].service.nodePort);
  if (first !== undefined && first === second) {
    problems.push({
      key: "frontend.service.nodePort",
      found: String(second),
      expected: "another port than backend.service.nodePort",
    });
  }
  return problems;
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
  if (url !== "" && !/^postgres(ql)?:\/\/[^\s]+$/.test(url)) {
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

function sameEntries(a: Record<string, string>, b: Record<string, string>): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
