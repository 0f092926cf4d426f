/** The state of a release: its inputs, and what helm says of it. */
import { reveal, revealAll, Secret, UNKNOWN } from "../../protocol/values";
import { markSecrets } from "../../protocol/secrets";
import type { Json, JsonObject, Properties } from "../../protocol/values";
import { isJsonObject } from "../json";
import type { FoundRelease } from "./lookup";

/** Where a release is. */
export interface Coordinates {
  id: string;
  name: string;
  namespace: string;
}

/** The coordinates that checked inputs hold. */
export function coordinates(inputs: Properties): Coordinates {
  const name = String(reveal(inputs.name ?? ""));
  const namespace = String(reveal(inputs.namespace ?? ""));
  return { id: `${namespace}/${name}`, name, namespace };
}

/** The outputs of a release that is there. */
export function stateOf(inputs: Properties, found: FoundRelease): Properties {
  const known = revealAll(inputs);
  const values = merge((known.values ?? {}) as JsonObject, found.config);
  const outputs: Properties = {
    ...known,
    ...(Object.keys(values).length === 0 ? {} : { values }),
    version: found.version,
    resourceNames: found.resourceNames,
    status: {
      name: found.name,
      namespace: found.namespace,
      revision: found.revision,
      status: found.status,
      chart: found.chart,
      version: found.version,
      appVersion: found.appVersion,
    },
  };
  return { ...markSecrets(outputs, inputs), __inputs: new Secret(inputs) };
}

/** The outputs as a preview shows them. */
export function previewState(inputs: Properties): Properties {
  return { ...inputs, resourceNames: UNKNOWN, status: UNKNOWN, __inputs: new Secret(inputs) };
}

/** What is installed counts: it is how a change behind Pulumi's back shows after a refresh. */
function merge(wanted: JsonObject, installed: JsonObject): JsonObject {
  const merged: JsonObject = { ...wanted };
  for (const [key, value] of Object.entries(installed)) {
    const present: Json | undefined = merged[key];
    merged[key] = isJsonObject(present) && isJsonObject(value) ? merge(present, value) : value;
  }
  return merged;
}
