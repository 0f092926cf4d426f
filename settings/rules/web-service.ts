import type { Settings } from "../schema";
import type { WebServiceSettings } from "../sections/web-service";
import type { Problem } from "./problem";
import { sizes } from "./sizes";

/** Checks the settings of one web service against each other. */
export function webService(key: "backend" | "frontend", service: WebServiceSettings): Problem[] {
  const problems = sizes(key, service.resources);
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
  problems.push(...volumes(key, service));
  return problems;
}

/** Checks that each volume has a name and a folder of its own. */
function volumes(key: string, { writablePaths }: WebServiceSettings): Problem[] {
  return (["name", "path"] as const).flatMap((field) =>
    writablePaths.flatMap((volume, index) => {
      const first = writablePaths.findIndex((other) => other[field] === volume[field]);
      return first === index
        ? []
        : [
            {
              key: `${key}.writablePaths.${index}.${field}`,
              found: JSON.stringify(volume[field]),
              expected: `another ${field} than ${key}.writablePaths.${first} has`,
            },
          ];
    }),
  );
}

/** Checks that a rollout may replace a pod. */
export function rollout({ rollout: { maxSurge, maxUnavailable } }: Settings): Problem[] {
  if (maxSurge > 0 || maxUnavailable > 0) return [];
  const expected = "at least 1 where maxUnavailable is 0: else no pod can be replaced";
  return [{ key: "rollout.maxSurge", found: "0", expected }];
}
