/**
 * Property values as this folder's plugins see them, and their form on the wire.
 *
 * Pulumi sends properties as a protobuf Struct. Three kinds of value have no place in plain JSON and
 * travel under agreed signatures: secrets, values not known yet (previews), and outputs, which may
 * be both. They become `Secret` and `UNKNOWN` here, so that no code has to know the signatures.
 */
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const UNKNOWN_STRING = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const UNKNOWN_STRINGS = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
  UNKNOWN_STRING,
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // array
  "030794c1-ac77-496b-92df-f27374a8bd58", // asset
  "e48ece36-62e2-4504-bad9-02848725956a", // archive
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);
const REFUSED: Readonly<Record<string, string>> = {
  c44067f5952c0a294b673a41bacd8c17: "an asset",
  "0def7320c3a5731c473e5ecbe6d01bc7": "an archive",
  "5cf8f73096256a8f31e491e813e4eb8e": "a resource reference",
};

/** A value that is kept encrypted in the state and hidden in the output. */
export class Secret {
  constructor(readonly value: Value) {}
}

class Unknown {
  /** Keeps other classes from passing for this one. */
  private readonly brand = "unknown";
  toString(): string {
    return `<${this.brand}>`;
  }
}

/** Stands for a value that a preview can't know yet. */
export const UNKNOWN = new Unknown();

/** Any property value. */
export type Value =
  null | boolean | number | string | Value[] | { [key: string]: Value } | Secret | Unknown;

/** A bag of properties. */
export type Properties = Record<string, Value>;

/** A value without secrets and unknowns: plain JSON. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A JSON object. */
export type JsonObject = Record<string, Json>;

/** Whether the value is a map of properties (and not a secret, an unknown or a list). */
export function isObject(value: Value | undefined): value is Properties {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Secret) &&
    !(value instanceof Unknown)
  );
}

/** Whether the value itself is not known yet. */
export function isUnknown(value: Value | undefined): boolean {
  return value instanceof Unknown;
}

/** The value without secret wrappers, at any depth; unknowns stay. */
export function reveal(value: Value): Value {
  if (value instanceof Secret) return reveal(value.value);
  if (Array.isArray(value)) return value.map(reveal);
  if (isObject(value)) return mapObject(value, reveal);
  return value;
}

/** The properties without secret wrappers. */
export function revealAll(properties: Properties): Properties {
  return mapObject(properties, reveal);
}

/** Whether any part of the value is not known yet. */
export function hasUnknown(value: Value | undefined): boolean {
  return some(value, (part) => part instanceof Unknown);
}

/** Whether any part of the value is secret. */
export function hasSecret(value: Value | undefined): boolean {
  return some(value, (part) => part instanceof Secret);
}

/** The value as plain JSON. Throws on unknowns: ask `hasUnknown` first. */
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

/** The properties as a JSON object; see `toJson`. */
export function toJsonObject(properties: Properties): JsonObject {
  return toJson(properties) as JsonObject;
}

/** Applies a function to each value of a bag. */
export function mapObject(properties: Properties, change: (value: Value) => Value): Properties {
  return Object.fromEntries(Object.entries(properties).map(([key, part]) => [key, change(part)]));
}

/** Reads the wire form. A missing struct is an empty bag. */
export function decode(struct: Struct | undefined): Properties {
  if (struct === undefined) return {};
  return mapObject(struct.toJavaScript(), decodeValue);
}

/** Writes the wire form. Properties that are undefined are left out. */
export function encode(properties: Readonly<Record<string, Value | undefined>>): Struct {
  return Struct.fromJavaScript(encodeObject(properties));
}

function decodeValue(value: Value): Value {
  if (typeof value === "string") return UNKNOWN_STRINGS.has(value) ? UNKNOWN : value;
  if (Array.isArray(value)) return value.map(decodeValue);
  if (!isObject(value)) return value;
  const signature = value[SIGNATURE];
  if (typeof signature !== "string") return mapObject(value, decodeValue);
  const refused = REFUSED[signature];
  if (refused !== undefined) {
    throw new Error(
      `found ${refused} among the properties; this stand-in covers plain values only`,
    );
  }
  if (signature === SECRET) return new Secret(decodeValue(value.value ?? null));
  if (signature === OUTPUT) {
    const inner = "value" in value ? decodeValue(value.value ?? null) : UNKNOWN;
    return value.secret === true ? new Secret(inner) : inner;
  }
  throw new Error(`found a value of an unknown kind (signature ${signature})`);
}

function encodeObject(properties: Readonly<Record<string, Value | undefined>>) {
  const fields: Record<string, JavaScriptValue> = {};
  for (const [key, value] of Object.entries(properties)) {
    if (value !== undefined) fields[key] = encodeValue(value);
  }
  return fields;
}

function encodeValue(value: Value): JavaScriptValue {
  if (value instanceof Secret) return { [SIGNATURE]: SECRET, value: encodeValue(value.value) };
  if (value instanceof Unknown) return UNKNOWN_STRING;
  if (Array.isArray(value)) return value.map(encodeValue);
  if (isObject(value)) return encodeObject(value);
  return value;
}

function some(value: Value | undefined, test: (part: Value) => boolean): boolean {
  if (value === undefined) return false;
  if (test(value)) return true;
  if (value instanceof Secret) return some(value.value, test);
  if (Array.isArray(value)) return value.some((part) => some(part, test));
  if (isObject(value)) return Object.values(value).some((part) => some(part, test));
  return false;
}
