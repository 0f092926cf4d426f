/** A value that is encrypted in the state and hidden in the output. */
export class Secret {
  constructor(readonly value: Value) {}
}

/** The class of {@link UNKNOWN}. */
class Unknown {
  // Without a member any object would be assignable to this class.
  readonly #name = "unknown";
  toString(): string {
    return `<${this.#name}>`;
  }
}

/** A value that a preview can't know yet. */
export const UNKNOWN = new Unknown();

/** The value of a property. Secrets and unknown values have classes; everything else is plain JSON. */
export type Value =
  null | boolean | number | string | Value[] | { [key: string]: Value } | Secret | Unknown;

/** Properties by name. */
export type Properties = Record<string, Value>;

/** A value without secrets and unknown values: plain JSON. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A JSON object. */
export type JsonObject = Record<string, Json>;

/** Whether a value is an object with properties: no secret, not unknown, no list. */
export function isObject(value: Value | undefined): value is Properties {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Secret) &&
    !(value instanceof Unknown)
  );
}

/** Whether a value itself is unknown. */
export function isUnknown(value: Value | undefined): value is Unknown {
  return value instanceof Unknown;
}

/** Removes the secret wrappers of a value at every depth; unknown values stay. */
export function reveal(value: Value): Value {
  if (value instanceof Secret) return reveal(value.value);
  if (Array.isArray(value)) return value.map(reveal);
  if (isObject(value)) return mapObject(value, reveal);
  return value;
}

/** Removes the secret wrappers of properties at every depth; unknown values stay. */
export function revealAll(properties: Properties): Properties {
  return mapObject(properties, reveal);
}

/** Whether any part of a value is unknown. */
export function hasUnknown(value: Value | undefined): boolean {
  return some(value, (part) => part instanceof Unknown);
}

/** Whether any part of a value is secret. */
export function hasSecret(value: Value | undefined): boolean {
  return some(value, (part) => part instanceof Secret);
}

/**
 * Converts a value to plain JSON.
 *
 * @throws Error on an unknown value: call `hasUnknown` first.
 */
export function toJson(value: Value): Json {
  if (value instanceof Secret) return toJson(value.value);
  if (value instanceof Unknown) {
    throw new Error("found a value that is not known yet where a known one is needed");
  }
  if (Array.isArray(value)) return value.map(toJson);
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, toJson(part)]));
  }
  return value;
}

/** Converts properties to a JSON object; see {@link toJson}. */
export function toJsonObject(properties: Properties): JsonObject {
  return toJson(properties) as JsonObject;
}

/** Returns an object with a function applied to each of its values. */
export function mapObject(properties: Properties, change: (value: Value) => Value): Properties {
  return Object.fromEntries(Object.entries(properties).map(([key, part]) => [key, change(part)]));
}

function some(value: Value | undefined, test: (part: Value) => boolean): boolean {
  if (value === undefined) return false;
  if (test(value)) return true;
  if (value instanceof Secret) return some(value.value, test);
  if (Array.isArray(value)) return value.some((part) => some(part, test));
  if (isObject(value)) return Object.values(value).some((part) => some(part, test));
  return false;
}
