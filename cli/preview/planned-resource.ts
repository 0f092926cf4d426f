import { isObject, isSecret, unwrap } from "../../lib/pulumi/values";
import { SECRET, UNKNOWN } from "../../policies";
import { isUnknown, type Registered } from "./registered-resource";

/** A resource that the program registers. Signs replace secrets and what only an update can know. */
export interface PlannedResource {
  urn: string;
  type: string;
  name: string;
  /** URN of the explicit provider; undefined: the package's default one. */
  provider?: string;
  /** Inputs whose change leaves the resource as it is. */
  ignoreChanges?: string[];
  inputs: Record<string, unknown>;
}

/** Returns a registered resource as a plan has it. */
export function plannedResource(registered: Registered): PlannedResource {
  const { urn, type, name, wire, provider, ignoreChanges } = registered;
  // Dynamic resources have their provider's code among their inputs.
  const entries = Object.entries(wire)
    .filter(([key]) => !key.startsWith("__"))
    .map(([key, value]) => [key, isSecretData(type, key) ? withKeys(value) : value] as const);
  return {
    urn,
    type,
    name,
    // `urn::id`, and no id at a preview.
    ...(provider !== "" && { provider: provider.slice(0, provider.lastIndexOf("::")) }),
    ...(ignoreChanges.length > 0 && { ignoreChanges }),
    inputs: withSigns(Object.fromEntries(entries)) as Record<string, unknown>,
  };
}

/** Whether an input is the data of a Secret, whose keys are no secret. */
function isSecretData(type: string, key: string): boolean {
  return type === "kubernetes:core/v1:Secret" && (key === "data" || key === "stringData");
}

/** Keeps the keys of data that is secret as a whole, each with the sign for its value. */
function withKeys(data: unknown): unknown {
  const plain = isSecret(data) ? unwrap(data) : undefined;
  if (typeof plain !== "object" || plain === null) return data;
  return Object.fromEntries(Object.keys(plain).map((key) => [key, SECRET]));
}

/** Replaces secrets and unknown values by their signs, and sorts the keys. */
function withSigns(value: unknown): unknown {
  if (isSecret(value)) return SECRET;
  if (isUnknown(value)) return UNKNOWN;
  if (Array.isArray(value)) return value.map(withSigns);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, withSigns(inner)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
