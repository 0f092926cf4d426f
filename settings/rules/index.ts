import type { Settings } from "../schema";
import { names, nodePorts, selectors } from "./between-sections";
import { chartValues } from "./chart";
import { database, productionSecrets } from "./database";
import type { Problem } from "./problem";
import { sizes } from "./sizes";
import { images, paths } from "./sources";
import { rollout, webService } from "./web-service";

export type { Problem } from "./problem";

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
