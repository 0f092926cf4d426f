/** Carries secrecy from inputs over to outputs. */
import { hasSecret, isObject, reveal, Secret } from "./values";
import type { Properties, Value } from "./values";

/**
 * The outputs, with each value marked as secret whose counterpart among the inputs is (or holds) one.
 * Objects are followed property by property; a list becomes secret as a whole, since its order may
 * not survive the operation.
 */
export function markSecrets(outputs: Properties, inputs: Properties): Properties {
  const marked: Properties = {};
  for (const [key, value] of Object.entries(outputs)) {
    marked[key] = mark(value, inputs[key]);
  }
  return marked;
}

/** The value as one secret, whatever in it was secret before. */
export function secret(value: Value): Secret {
  return new Secret(reveal(value));
}

function mark(value: Value, input: Value | undefined): Value {
  if (input === undefined || value instanceof Secret) return value;
  if (isObject(value) && isObject(input)) return markSecrets(value, input);
  return hasSecret(input) ? secret(value) : value;
}
