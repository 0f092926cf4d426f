import { messageOf } from "../../../lib/errors";
import { automaticName } from "../../protocol/autonaming";
import { markSecrets } from "../../protocol/mark-secrets";
import type { CheckRequest, CheckResult, Failure } from "../../protocol/provider";
import { refuseOthers } from "../../protocol/refusal";
import type { Properties, Value } from "../../protocol/values";
import { isObject, isUnknown, revealAll } from "../../protocol/values";
import type { Connection } from "../connection";
import { DEFAULT_TIMEOUT_SECONDS } from "./helm-flags";
import { readChart } from "./local-chart";

const coveredProperties = [
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
/** Properties without effect: the SDK sets them, or older programs pass outputs as inputs. */
const withoutEffect = ["compat", "resourceNames", "checksum", "manifest"];

/** Checks the inputs of a release: adds defaults, the name, the namespace and the chart's version. */
export function checkRelease(connection: Connection, request: CheckRequest): CheckResult {
  const { news } = request;
  const given = Object.entries(revealAll(news)).filter(
    ([key, value]) => !withoutEffect.includes(key) && !isUnset(value),
  );
  const inputs: Properties = Object.fromEntries(given);
  const failures = refuseOthers(connection.plugin, "Release", inputs, coveredProperties);
  if (failures.length > 0) return { inputs: news, failures };
  inputs.name ??= previousOrAutomaticName(request);
  inputs.namespace ??= connection.defaultNamespace === "" ? "default" : connection.defaultNamespace;
  if (inputs.skipAwait !== true) inputs.timeout ??= DEFAULT_TIMEOUT_SECONDS;
  failures.push(...setVersion(inputs));
  return { inputs: markSecrets(inputs, news), failures };
}

/** Whether a value means the default; the official plugin leaves such values out of the inputs. */
function isUnset(value: Value): boolean {
  if (isObject(value)) return Object.keys(value).length === 0;
  return value === null || value === "" || value === false || value === 0;
}

function previousOrAutomaticName(request: CheckRequest): Value {
  const before = request.olds === undefined ? undefined : revealAll(request.olds).name;
  return before ?? automaticName(request, "name");
}

/** Sets the version to that of the local chart, whatever the program says. */
function setVersion(inputs: Properties): Failure[] {
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
    return [{ property: "chart", reason: messageOf(error) }];
  }
}
