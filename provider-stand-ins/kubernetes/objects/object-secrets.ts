import { markSecrets, toSecret } from "../../protocol/mark-secrets";
import type { Properties } from "../../protocol/values";

/**
 * Marks as secret the properties that are secret in the inputs, and all contents of a Secret.
 *
 * @param kind the kind of the object, such as `Secret`.
 */
export function withSecrets(kind: string, properties: Properties, inputs: Properties): Properties {
  const marked = markSecrets(properties, inputs);
  if (kind !== "Secret") return marked;
  if (marked.data !== undefined) marked.data = toSecret(marked.data);
  if (marked.stringData !== undefined) marked.stringData = toSecret(marked.stringData);
  return marked;
}
