/** Reads values.schema.json and values.yaml side by side. */
import { isDeepStrictEqual } from "node:util";
import { chartFile } from "./helm";

/** As much of JSON Schema as the chart's schema uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly examples?: readonly unknown[];
  readonly additionalProperties?: boolean | Schema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly propertyNames?: Schema;
  readonly items?: Schema;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

/** A value of values.yaml that has no keys below it, with the part of the schema that describes it. */
export interface Leaf {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
  readonly schema: Schema;
}

/** The chart's schema. */
export const ROOT = chartFile("values.schema.json") as Schema;

/** The schema behind a reference. */
export function resolve(schema: Schema): Schema {
  const name = /^#\/definitions\/(.+)$/.exec(schema.$ref ?? "")?.[1];
  if (name === undefined) return schema;
  const found = ROOT.definitions?.[name];
  if (found === undefined) throw new Error(`values.schema.json has no definition ${name}`);
  return found;
}

/** All leaves of a value. A list of plain values is one leaf, as Helm replaces lists as a whole. */
export function leaves(
  value: unknown = chartFile("values.yaml"),
  schema: Schema = ROOT,
  path: Leaf["path"] = [],
): Leaf[] {
  const here = resolve(schema);
  if (Array.isArray(value) && value.some((item) => typeof item === "object")) {
    return value.flatMap((item, index) => leaves(item, here.items ?? {}, [...path, index]));
  }
  if (!Array.isArray(value) && typeof value === "object" && value !== null) {
    const entries = Object.entries(value);
    if (entries.length > 0) {
      const rest = typeof here.additionalProperties === "object" ? here.additionalProperties : {};
      return entries.flatMap(([key, item]) =>
        leaves(item, here.properties?.[key] ?? rest, [...path, key]),
      );
    }
  }
  return [{ path, value, schema: here }];
}

/** Other values of the same kind, one at least: a small one may not fit where a large one does. */
export function others({ path, value, schema }: Leaf): readonly unknown[] {
  if (typeof value === "boolean") return [!value];
  const candidates = schema.enum ?? schema.examples ?? [];
  const found = candidates.filter((candidate) => !isDeepStrictEqual(candidate, value));
  if (found.length > 0) return schema.enum === undefined ? found : found.slice(0, 1);
  if (typeof value === "number") return [value + 1];
  throw new Error(`values.schema.json has no other example for ${path.join(".")}`);
}
