/** Check of a release: defaults, a name, and the chart's own version. */
import { autoname } from "../../protocol/autoname";
import type { CheckRequest, CheckResult, Failure } from "../../protocol/provider";
import { refuseOthers } from "../../protocol/refusal";
import { markSecrets } from "../../protocol/secrets";
import { isObject, isUnknown, revealAll } from "../../protocol/values";
import type { Properties, Value } from "../../protocol/values";
import type { Connection } from "../provider";
import { readChart } from "./chart";

const COVERED = [
  "allowNullValues",
  "atomic",
  "chart",
  "cleanupOnFail",
  "createNamespace",
  "description",
  "disableWebhooks",
  "forceUpdate",
  "lint",
  "maxHistory",
  "name",
  "namespace",
  "resetValues",
  "reuseValues",
  "skipAwait",
  "skipCrds",
  "timeout",
  "values",
  "version",
  "waitForJobs",
];
/** Set by the SDK, or outputs that older programs passed in: of no effect. */
const WITHOUT_EFFECT = ["compat", "resourceNames", "checksum", "manifest"];
const DEFAULT_TIMEOUT_S = 300;

/** Checks the inputs of a release. */
export function checkRelease(connection: Connection, request: CheckRequest): CheckResult {
  const { news } = request;
  const given = Object.entries(revealAll(news)).filter(
    ([key, value]) => !WITHOUT_EFFECT.includes(key) && !isUnset(value),
  );
  const inputs: Properties = Object.fromEntries(given);
  const failures = refuseOthers(connection.plugin, "Release", inputs, COVERED);
  if (failures.length > 0) return { inputs: news, failures };
  inputs.name ??= nameOf(request);
  inputs.namespace ??= connection.defaultNamespace === "" ? "default" : connection.defaultNamespace;
  if (inputs.skipAwait !== true) inputs.timeout ??= DEFAULT_TIMEOUT_S;
  failures.push(...takeVersion(inputs));
  return { inputs: markSecrets(inputs, news), failures };
}

/** What the official plugin leaves out of its inputs, since it means the same as nothing. */
function isUnset(value: Value): boolean {
  if (isObject(value)) return Object.keys(value).length === 0;
  return value === null || value === "" || value === false || value === 0;
}

function nameOf(request: CheckRequest): Value {
  const before = request.olds === undefined ? undefined : revealAll(request.olds).name;
  return before ?? autoname(request, "name");
}

/** The version of the chart that is there replaces whatever the program says. */
function takeVersion(inputs: Properties): Failure[] {
  const { chart } = inputs;
  if (isUnknown(chart)) return [];
  if (typeof chart !== "string") {
    return [
      { property: "chart", reason: "found no chart: set it to the path of a chart's folder" },
    ];
  }
  try {
    inputs.version = readChart(chart).version;
    return [];
  } catch (error) {
    return [{ property: "chart", reason: error instanceof Error ? error.message : String(error) }];
  }
}
