/** Check: refuses what isn't covered, gives names, and brings inputs into their lasting form. */
import { autoname } from "../protocol/autoname";
import type { CheckRequest, CheckResult, Failure } from "../protocol/provider";
import { refusal, refuseOthers } from "../protocol/refusal";
import { markSecrets, secret } from "../protocol/secrets";
import { hasUnknown, isObject, revealAll } from "../protocol/values";
import type { Properties } from "../protocol/values";
import { ANNOTATIONS } from "./kinds";
import { annotation } from "./target";
import type { Target } from "./target";

/** Written by the API server alone. */
const READ_ONLY = [
  "creationTimestamp",
  "deletionGracePeriodSeconds",
  "deletionTimestamp",
  "generation",
  "managedFields",
  "resourceVersion",
  "uid",
];

/** Checks the inputs of an object. */
export function checkObject({ connection, kind }: Target, request: CheckRequest): CheckResult {
  const { news, olds } = request;
  const inputs = encodeStringData(kind.kind, revealAll(news));
  const failures = refuse(connection.plugin, kind, inputs);
  if (failures.length > 0) return { inputs: news, failures };
  inputs.apiVersion = kind.apiVersion;
  inputs.kind = kind.kind;
  const metadata = inputs.metadata ?? {};
  if (isObject(metadata)) {
    inputs.metadata = named(request, olds, metadata);
    if (kind.namespaced && connection.defaultNamespace !== "") {
      inputs.metadata.namespace ??= connection.defaultNamespace;
    }
  }
  return { inputs: withSecrets(kind.kind, inputs, news) };
}

/** Marks as secret what came as a secret, and all contents of a Secret. */
export function withSecrets(kind: string, properties: Properties, like: Properties): Properties {
  const marked = markSecrets(properties, like);
  if (kind !== "Secret") return marked;
  if (marked.data !== undefined) marked.data = secret(marked.data);
  if (marked.stringData !== undefined) marked.stringData = secret(marked.stringData);
  return marked;
}

/** The API server stores `stringData` under `data`: done here, the two never differ for nothing. */
function encodeStringData(kind: string, properties: Properties): Properties {
  const { stringData, ...rest } = properties;
  if (kind !== "Secret" || !isObject(stringData) || hasUnknown(properties)) return properties;
  const encoded = Object.entries(stringData).map(([key, value]) => [
    key,
    Buffer.from(String(value)).toString("base64"),
  ]);
  const data = isObject(rest.data) ? rest.data : {};
  return { ...rest, data: { ...data, ...(Object.fromEntries(encoded) as Properties) } };
}

/** A name as the program gave it, as it was, or a new one of the plugin's making. */
function named(
  request: CheckRequest,
  olds: Properties | undefined,
  metadata: Properties,
): Properties {
  const kept = Object.entries(metadata).filter(([key]) => !READ_ONLY.includes(key));
  const result: Properties = Object.fromEntries(kept);
  if ((result.name ?? "") !== "") return result;
  let name: string;
  if (olds === undefined) {
    name = autoname(request, "metadata.name");
  } else {
    if (annotation(olds, ANNOTATIONS.autonamed) !== "true") return result;
    const before = revealAll(olds).metadata;
    name = isObject(before) && typeof before.name === "string" ? before.name : "";
  }
  result.name = name;
  const annotations = result.annotations ?? {};
  // Nothing can be put into annotations that a preview doesn't know yet.
  if (isObject(annotations)) {
    result.annotations = { ...annotations, [ANNOTATIONS.autonamed]: "true" };
  }
  return result;
}

function refuse(
  plugin: Target["connection"]["plugin"],
  kind: Target["kind"],
  inputs: Properties,
): Failure[] {
  const covered = ["apiVersion", "kind", "metadata", ...kind.properties];
  const failures = refuseOthers(plugin, kind.kind, inputs, covered);
  const { metadata } = inputs;
  if (!isObject(metadata)) return failures;
  if ((metadata.generateName ?? null) !== null) {
    const reason =
      "generateName can't be used with server-side apply: set metadata.name, or leave both out";
    failures.push({ property: "metadata.generateName", reason });
  }
  const known: readonly string[] = Object.values(ANNOTATIONS);
  const others = isObject(metadata.annotations) ? Object.keys(metadata.annotations) : [];
  for (const name of others) {
    if (!name.startsWith("pulumi.com/") || known.includes(name)) continue;
    const reason = refusal(plugin, `annotation ${name} of ${kind.kind}`, known);
    failures.push({ property: "metadata.annotations", reason });
  }
  return failures;
}
