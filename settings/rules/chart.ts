import type { Settings } from "../schema";
import type { Problem } from "./problem";

/**
 * What program and release both go by: a setting sets it for both, `chart.values` for the release alone,
 * whose policies, autoscalers and tests would then look for what the program doesn't make.
 */
const shared = ["name", "selectorLabels", "port", "service"] as const;

/** The chart has nothing further of what program and release both go by. */
export function chartValues({ chart: { values } }: Settings): Problem[] {
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
