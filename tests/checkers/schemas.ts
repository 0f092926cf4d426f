/**
 * JSON schemas of Kubernetes' objects for kubeconform, made from the OpenAPI document of the very version
 * that the cluster runs. It lies in the module that the sandbox builds Kubernetes from.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { moduleDirectory } from "../../sandbox/sources/go";

/** As much of a schema as is changed here. */
interface Schema {
  $ref?: string;
  type?: unknown;
  format?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
  "x-kubernetes-group-version-kind"?: { group: string; version: string; kind: string }[];
}

type Definitions = Record<string, Schema>;

const prefix = "#/definitions/";

/** Where kubeconform finds the schemas that {@link writeSchemas} has put into a folder. */
export function schemaLocation(folder: string): string {
  return join(folder, "{{ .ResourceKind }}{{ .KindSuffix }}.json");
}

/** Writes a schema for each kind of object of Kubernetes' own, closed to unknown fields. */
export async function writeSchemas(folder: string, kinds: ReadonlySet<string>): Promise<void> {
  const source = await moduleDirectory("kubernetes", "k8s.io/kubernetes");
  const { definitions } = JSON.parse(
    readFileSync(join(source, "api/openapi-spec/swagger.json"), "utf8"),
  ) as { definitions: Definitions };
  for (const [name, definition] of Object.entries(definitions)) {
    for (const { group, version, kind } of definition["x-kubernetes-group-version-kind"] ?? []) {
      if (!kinds.has(kind)) continue;
      const file = [kind, group.split(".")[0], version].filter((part) => part !== "").join("-");
      const schema = { $ref: prefix + name, definitions: reachable(name, definitions) };
      writeFileSync(join(folder, `${file.toLowerCase()}.json`), JSON.stringify(schema));
    }
  }
}

/** A definition and all that it refers to. */
function reachable(name: string, definitions: Definitions): Definitions {
  const found: Definitions = {};
  const visit = (one: string) => {
    if (one in found) return;
    const definition = definitions[one];
    if (definition === undefined) throw new Error(`the OpenAPI document has no definition ${one}`);
    found[one] = closed(definition);
    for (const [, other = ""] of JSON.stringify(definition).matchAll(
      /"#\/definitions\/([^"]+)"/g,
    )) {
      visit(other);
    }
  };
  visit(name);
  return found;
}

/** The same schema, closed; where Kubernetes reads a number as well as a text, both are taken. */
function closed(schema: Schema): Schema {
  const result = { ...schema };
  if (schema.format === "int-or-string") return { type: ["integer", "string"] };
  if (schema.properties !== undefined) {
    result.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([key, below]) => [key, closed(below)]),
    );
    result.additionalProperties ??= false;
  }
  if (schema.items !== undefined) result.items = closed(schema.items);
  if (typeof schema.additionalProperties === "object") {
    result.additionalProperties = closed(schema.additionalProperties);
  }
  return result;
}
