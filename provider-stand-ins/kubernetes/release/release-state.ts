import { markSecrets } from "../../protocol/mark-secrets";
import type { Json, JsonObject, Properties } from "../../protocol/values";
import { reveal, revealAll, Secret, UNKNOWN } from "../../protocol/values";
import { isJsonObject } from "../api/json-fields";
import type { FoundRelease } from "./find-release";

/** The name and namespace of a release. */
export interface Coordinates {
  /** The id in Pulumi: `<namespace>/<name>`. */
  id: string;
  name: string;
  namespace: string;
}

/** Returns the coordinates in checked inputs. */
export function coordinatesOf(inputs: Properties): Coordinates {
  const name = String(reveal(inputs.name ?? ""));
  const namespace = String(reveal(inputs.namespace ?? ""));
  return { id: `${namespace}/${name}`, name, namespace };
}

/** Returns the state of an installed release. */
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

/** Returns the state of a release in a preview. */
export function previewState(inputs: Properties): Properties {
  return { ...inputs, resourceNames: UNKNOWN, status: UNKNOWN, __inputs: new Secret(inputs) };
}

/** Adds the installed values, which win: that way a change made outside Pulumi shows after a refresh. */
function merge(wanted: JsonObject, installed: JsonObject): JsonObject {
  const merged: JsonObject = { ...wanted };
  for (const [key, value] of Object.entries(installed)) {
    const present: Json | undefined = merged[key];
    merged[key] = isJsonObject(present) && isJsonObject(value) ? merge(present, value) : value;
  }
  return merged;
}
