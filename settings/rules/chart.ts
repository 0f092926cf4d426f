import { isObject } from "../../lib/pulumi/values";
import type { Settings } from "../schema";
import type { Problem } from "./problem";

/**
 * What program and release must agree on. A setting sets it for both; `chart.values` only for the release,
 * whose policies, autoscalers and tests would then refer to objects that the program doesn't create.
 */
const shared = ["name", "selectorLabels", "port", "service"] as const;

/** Checks that `chart.values` sets nothing that program and release must agree on. */
export function chartValues({ chart: { values } }: Settings): Problem[] {
  return (["backend", "frontend"] as const).flatMap((key) => {
    const given = values[key];
    if (!isObject(given)) return [];
    return shared
      .filter((name) => name in given)
      .map((name) => ({
        key: `chart.values.${key}.${name}`,
        found: JSON.stringify(given[name]),
        expected: `nothing here: ${key}.${name} sets it for program and release alike`,
      }));
  });
}
