import { helmTemplate } from "../../../lib/kubernetes/helm-template";
import type { Properties } from "../../protocol/values";
import type { Value } from "../../protocol/values";
import { isObject, revealAll } from "../../protocol/values";

/** The options of the official plugin that the stand-in covers. */
const coveredOptions = [
  "include_test_hook_resources",
  "namespace",
  "path",
  "release_name",
  "values",
];

/** The options as the SDK's `helm.v3.Chart` writes them. */
interface ChartOptions {
  path: string;
  release_name: string;
  namespace?: string;
  values?: unknown;
  include_test_hook_resources?: boolean;
}

/**
 * Renders a chart in a local folder, without a cluster.
 *
 * @param args `jsonOpts` has the options as JSON.
 * @returns the objects as `result`, hooks included.
 * @throws Error where an option isn't covered, or helm can't render the chart.
 */
export async function renderChart(args: Properties): Promise<Properties> {
  const { jsonOpts } = revealAll(args);
  if (typeof jsonOpts !== "string") {
    throw new Error("found no jsonOpts; expected the options of the chart, as JSON");
  }
  const options = JSON.parse(jsonOpts) as ChartOptions;
  const others = Object.keys(options).filter((key) => !coveredOptions.includes(key));
  if (others.length > 0) {
    throw new Error(
      `found the options ${others.join(", ")}; this stand-in covers ${coveredOptions.join(", ")}`,
    );
  }
  const objects = await helmTemplate<Value>({
    path: options.path,
    releaseName: options.release_name,
    namespace: options.namespace,
    values: options.values,
    includeTests: options.include_test_hook_resources,
  });
  return { result: objects.filter(isObject) };
}
