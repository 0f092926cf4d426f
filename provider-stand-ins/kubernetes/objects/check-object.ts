import { automaticName } from "../../protocol/autonaming";
import type { CheckRequest, CheckResult, Failure, Plugin } from "../../protocol/provider";
import { refusal, refuseOthers } from "../../protocol/refusal";
import type { Properties } from "../../protocol/values";
import { hasUnknown, isObject, revealAll } from "../../protocol/values";
import { annotation, ANNOTATIONS } from "./annotations";
import type { ObjectKind } from "./object-kinds";
import { withSecrets } from "./object-secrets";
import type { ObjectTarget } from "./object-target";

/** Metadata that only the API server writes. */
const readOnlyMetadata = [
  "creationTimestamp",
  "deletionGracePeriodSeconds",
  "deletionTimestamp",
  "generation",
  "managedFields",
  "resourceVersion",
  "uid",
];

/** Checks the inputs of an object: refuses what isn't covered, and sets its name and its namespace. */
export function checkObject(
  { connection, kind }: ObjectTarget,
  request: CheckRequest,
): CheckResult {
  const { news, olds } = request;
  const inputs = encodeStringData(kind.kind, revealAll(news));
  const failures = refuse(connection.plugin, kind, inputs);
  if (failures.length > 0) return { inputs: news, failures };
  inputs.apiVersion = kind.apiVersion;
  inputs.kind = kind.kind;
  const metadata = inputs.metadata ?? {};
  if (isObject(metadata)) {
    inputs.metadata = withName(request, olds, metadata);
    if (kind.namespaced && connection.defaultNamespace !== "") {
      inputs.metadata.namespace ??= connection.defaultNamespace;
    }
  }
  return { inputs: withSecrets(kind.kind, inputs, news) };
}

/**
 * Moves `stringData` to `data`, as the API server does: otherwise they would differ after each refresh.
 */
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

/** Sets the name: the program's, else the automatic one of the last update, else a new automatic one. */
function withName(
  request: CheckRequest,
  olds: Properties | undefined,
  metadata: Properties,
): Properties {
  const kept = Object.entries(metadata).filter(([key]) => !readOnlyMetadata.includes(key));
  const result: Properties = Object.fromEntries(kept);
  if ((result.name ?? "") !== "") return result;
  let name: string;
  if (olds === undefined) {
    name = automaticName(request, "metadata.name");
  } else {
    if (annotation(olds, ANNOTATIONS.autonamed) !== "true") return result;
    const before = revealAll(olds).metadata;
    name = isObject(before) && typeof before.name === "string" ? before.name : "";
  }
  result.name = name;
  const annotations = result.annotations ?? {};
  // Unknown annotations can't be extended.
  if (isObject(annotations)) {
    result.annotations = { ...annotations, [ANNOTATIONS.autonamed]: "true" };
  }
  return result;
}

function refuse(plugin: Plugin, kind: ObjectKind, inputs: Properties): Failure[] {
  const covered = ["apiVersion", "kind", "metadata", ...kind.properties];
  const failures = refuseOthers(plugin, kind.kind, inputs, covered);
  const { metadata } = inputs;
  if (kind.patch && (!isObject(metadata) || (metadata.name ?? "") === "")) {
    const reason = "patch resources require the `.metadata.name` field to be set";
    failures.push({ property: "metadata.name", reason });
  }
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
