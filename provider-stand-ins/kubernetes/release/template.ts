/** The function that renders a chart in a local folder, without a cluster. */
import { parseAllDocuments } from "yaml";
import { run } from "../../protocol/run";
import { isObject, revealAll, type Properties, type Value } from "../../protocol/values";

/** The options that the official plugin takes and this stand-in covers. */
const COVERED = ["include_test_hook_resources", "namespace", "path", "release_name", "values"];

/** The options, as helm's Chart in the SDK writes them. */
interface Options {
  path: string;
  release_name: string;
  namespace?: string;
  values?: unknown;
  include_test_hook_resources?: boolean;
}

/** Renders a chart: `jsonOpts` says which and how; `result` has the objects, hooks included. */
export async function renderChart(args: Properties): Promise<Properties> {
  const { jsonOpts } = revealAll(args);
  if (typeof jsonOpts !== "string") {
    throw new Error("found no jsonOpts; expected the options of the chart, as JSON");
  }
  const options = JSON.parse(jsonOpts) as Options;
  const others = Object.keys(options).filter((key) => !COVERED.includes(key));
  if (others.length > 0) {
    throw new Error(
      `found the options ${others.join(", ")}; this stand-in covers ${COVERED.join(", ")}`,
    );
  }
  const { code, stdout, stderr } = await run(
    "helm",
    [
      "template",
      options.release_name,
      options.path,
      ...(options.namespace === undefined ? [] : [`--namespace=${options.namespace}`]),
      ...(options.include_test_hook_resources === true ? [] : ["--skip-tests"]),
      "--values=-",
    ],
    { input: JSON.stringify(options.values ?? {}) },
  );
  if (code !== 0) throw new Error(`the chart can't be rendered: ${stderr.trim()}`);
  const objects = parseAllDocuments(stdout, { version: "1.1" }).map(
    (document) => document.toJS() as Value,
  );
  return { result: objects.filter(isObject) };
}
