import type { Settings } from "../schema";
import type { WebServiceSettings } from "../sections/web-service";
import type { Problem } from "./problem";
import { sizes } from "./sizes";

/** Checks the settings of one web service against each other. */
export function webService(key: "backend" | "frontend", service: WebServiceSettings): Problem[] {
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

/** Checks that a rollout may replace a pod. */
export function rollout({ rollout: { maxSurge, maxUnavailable } }: Settings): Problem[] {
  if (maxSurge > 0 || maxUnavailable > 0) return [];
  const expected = "at least 1 where maxUnavailable is 0: else no pod can be replaced";
  return [{ key: "rollout.maxSurge", found: "0", expected }];
}
