/**
 * Pulumi sends properties as a protobuf Struct. Three kinds of value are no plain JSON and travel with
 * signatures that the protocol fixes: secrets, values that a preview doesn't know, and outputs, which may be
 * both. Only this file knows the signatures.
 */
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { SECRET_SIGNATURE, SIGNATURE_KEY } from "../../lib/pulumi/values";
import type { Properties, Value } from "./values";
import { isObject, isUnknown, mapObject, Secret, UNKNOWN } from "./values";

const OUTPUT_SIGNATURE = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
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
const REFUSED_SIGNATURES: Readonly<Record<string, string>> = {
  c44067f5952c0a294b673a41bacd8c17: "an asset",
  "0def7320c3a5731c473e5ecbe6d01bc7": "an archive",
  "5cf8f73096256a8f31e491e813e4eb8e": "a resource reference",
};

/**
 * Reads properties from the wire; a missing struct has no properties.
 *
 * @throws Error on assets, archives and resource references.
 */
export function decode(struct: Struct | undefined): Properties {
  if (struct === undefined) return {};
  return mapObject(struct.toJavaScript(), decodeValue);
}

/** Writes properties for the wire; undefined ones are left out. */
export function encode(properties: Readonly<Record<string, Value | undefined>>): Struct {
  return Struct.fromJavaScript(encodeObject(properties));
}

function decodeValue(value: Value): Value {
  if (typeof value === "string") return UNKNOWN_STRINGS.has(value) ? UNKNOWN : value;
  if (Array.isArray(value)) return value.map(decodeValue);
  if (!isObject(value)) return value;
  const signature = value[SIGNATURE_KEY];
  if (typeof signature !== "string") return mapObject(value, decodeValue);
  const refused = REFUSED_SIGNATURES[signature];
  if (refused !== undefined) {
    throw new Error(
      `found ${refused} among the properties; this stand-in covers plain values only`,
    );
  }
  if (signature === SECRET_SIGNATURE) return new Secret(decodeValue(value.value ?? null));
  if (signature === OUTPUT_SIGNATURE) {
    const inner = "value" in value ? decodeValue(value.value ?? null) : UNKNOWN;
    return value.secret === true ? new Secret(inner) : inner;
  }
  throw new Error(`found a value of an unknown kind (signature ${signature})`);
}

function encodeObject(
  properties: Readonly<Record<string, Value | undefined>>,
): Record<string, JavaScriptValue> {
  const fields: Record<string, JavaScriptValue> = {};
  for (const [key, value] of Object.entries(properties)) {
    if (value !== undefined) fields[key] = encodeValue(value);
  }
  return fields;
}

function encodeValue(value: Value): JavaScriptValue {
  if (value instanceof Secret) {
    return { [SIGNATURE_KEY]: SECRET_SIGNATURE, value: encodeValue(value.value) };
  }
  if (isUnknown(value)) return UNKNOWN_STRING;
  if (Array.isArray(value)) return value.map(encodeValue);
  return isObject(value) ? encodeObject(value) : value;
}
