import type { Properties, Value } from "./values";
import { hasSecret, isObject, reveal, Secret } from "./values";

/**
 * Marks each output as secret whose input is a secret or contains one. Objects are compared property by
 * property. A list becomes secret as a whole, since the operation may change its order.
 */
export function markSecrets(outputs: Properties, inputs: Properties): Properties {
  const marked: Properties = {};
  for (const [key, value] of Object.entries(outputs)) {
    marked[key] = mark(value, inputs[key]);
  }
  return marked;
}

/** Wraps a value as one secret; secrets inside it lose their wrappers. */
export function toSecret(value: Value): Secret {
  return new Secret(reveal(value));
}

function mark(value: Value, input: Value | undefined): Value {
  if (input === undefined || value instanceof Secret) return value;
  if (isObject(value) && isObject(input)) return markSecrets(value, input);
  return hasSecret(input) ? toSecret(value) : value;
}
