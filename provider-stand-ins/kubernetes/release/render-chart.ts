import { helmTemplate, parseTemplateOptions } from "../../../lib/kubernetes/helm-template";
import type { Properties, Value } from "../../protocol/values";
import { isObject, revealAll } from "../../protocol/values";

/**
 * Renders a chart in a local folder, without a cluster.
 *
 * @param args `jsonOpts` has the options as JSON.
 * @returns the objects as `result`, hooks included.
 * @throws Error where an option isn't known, or helm can't render the chart.
 */
export async function renderChart(args: Properties): Promise<Properties> {
  const { jsonOpts } = revealAll(args);
  if (typeof jsonOpts !== "string") {
    throw new Error("found no jsonOpts; expected the options of the chart, as JSON");
  }
  const objects = await helmTemplate<Value>(parseTemplateOptions(jsonOpts));
  return { result: objects.filter(isObject) };
}
