/** The value at a path such as `spec.template.spec.containers.0.image`; undefined where it ends. */
export function at(value: unknown, path: string): unknown {
  let here = value;
  for (const key of path === "" ? [] : path.split(".")) {
    if (typeof here !== "object" || here === null) return undefined;
    here = (here as Record<string, unknown>)[key];
  }
  return here;
}

/** The key that marks a wrapped value in Pulumi's protocol. Its value is the signature of the wrapper. */
export const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";

/** The signature of a secret in Pulumi's protocol. */
export const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";

/** The value inside the protocol's wrappers, at every depth. */
export function unwrap(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrap);
  if (!isObject(value)) return value;
  if (SIGNATURE_KEY in value) return unwrap(value.value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unwrap(inner)]));
}

/** Whether a value is wrapped as a secret, so that Pulumi encrypts and hides it. */
export function isSecret(value: unknown): boolean {
  return isObject(value) && value[SIGNATURE_KEY] === SECRET_SIGNATURE;
}

/** Everything of a value that isn't inside a secret, as text: what a log or a state could show. */
export function visible(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => (isSecret(inner) ? "[secret]" : inner));
}

/** Whether a value is an object with members: no list, and not null. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
