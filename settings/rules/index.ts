import type { Settings } from "../schema";
import { names, nodePorts, selectors } from "./between-sections";
import { chartValues } from "./chart";
import { database, productionSecrets } from "./database";
import { gracePeriod } from "./grace-period";
import { ingressAddress } from "./ingress";
import type { Problem } from "./problem";
import { secretKeyNames } from "./secrets";
import { sizes } from "./sizes";
import { images, paths } from "./sources";
import { configData, env, neededSecrets } from "./variables";
import { rollout, webService } from "./web-service";

export type { Problem } from "./problem";

/** A rule between settings. */
interface Rule {
  /** The settings that it reads. */
  reads: readonly (keyof Settings)[];
  check: (settings: Settings) => Problem[];
}

const rules: readonly Rule[] = [
  { reads: ["backend"], check: ({ backend }) => webService("backend", backend) },
  { reads: ["frontend"], check: ({ frontend }) => webService("frontend", frontend) },
  { reads: ["backend"], check: ({ backend }) => env("backend", backend) },
  { reads: ["frontend"], check: ({ frontend }) => env("frontend", frontend) },
  { reads: ["backend"], check: neededSecrets },
  { reads: ["configMap", "backend", "frontend"], check: configData },
  {
    reads: ["backend", "configMap"],
    check: ({ backend, configMap }) => gracePeriod("backend", backend, configMap.data),
  },
  {
    reads: ["frontend", "configMap"],
    check: ({ frontend, configMap }) => gracePeriod("frontend", frontend, configMap.data),
  },
  { reads: ["secrets"], check: secretKeyNames },
  { reads: ["chart", "configMap", "backend"], check: ingressAddress },
  { reads: ["postgres"], check: ({ postgres }) => sizes("postgres", postgres.resources) },
  { reads: ["backend", "frontend", "postgres"], check: names },
  { reads: ["backend", "frontend", "chart"], check: paths },
  { reads: ["backend", "frontend", "labels", "version", "chart"], check: selectors },
  { reads: ["backend", "frontend"], check: nodePorts },
  { reads: ["chart", "workloads"], check: chartValues },
  { reads: ["rollout"], check: rollout },
  { reads: ["images", "registryPassword"], check: images },
  { reads: ["databaseUrl", "postgres", "environment"], check: database },
  {
    reads: ["environment", "postgres", "databaseUrl", "betterAuthSecret", "jwtSecret"],
    check: productionSecrets,
  },
];

/**
 * Checks the rules between settings, which the schema of a single key can't express.
 *
 * @param wrong keys that are invalid by themselves: rules that read them are skipped.
 */
export function crossCheck(settings: Settings, wrong: ReadonlySet<string> = new Set()): Problem[] {
  return rules
    .filter(({ reads }) => !reads.some((key) => wrong.has(key)))
    .flatMap(({ check }) => check(settings));
}
