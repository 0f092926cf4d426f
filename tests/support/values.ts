export { at } from "../../lib/pulumi/values";

/** An object with one value at a path, for settings: `setting("backend.service.port", 80)`. */
export function setting(path: string, value: unknown): Record<string, unknown> {
  return path.split(".").reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as Record<
    string,
    unknown
  >;
}

/** Settings as Pulumi hands them to a program: text as it is, everything else as JSON. */
export function asConfig(settings: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}
