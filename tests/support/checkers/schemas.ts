/**
 * JSON schemas of Kubernetes' objects for kubeconform, made from the OpenAPI document of the very version
 * that the cluster runs. It is in the module that offline mode builds Kubernetes from. Those of the
 * Prometheus operator's resources are made from its own definitions.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { environmentWith, runOrThrow } from "../../../lib/process/run";
import { goCommand, goEnvironment, moduleDirectory } from "../../../offline/sources/go";

/** As much of a schema as is changed here. */
interface Schema {
  $ref?: string;
  type?: unknown;
  format?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
  "x-kubernetes-int-or-string"?: boolean;
  "x-kubernetes-group-version-kind"?: { group: string; version: string; kind: string }[];
}

type Definitions = Record<string, Schema>;

const PREFIX = "#/definitions/";

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
      const schema = { $ref: PREFIX + name, definitions: reachable(name, definitions) };
      writeFileSync(join(folder, `${file.toLowerCase()}.json`), JSON.stringify(schema));
    }
  }
}

/** As much of a CustomResourceDefinition as says what its objects look like. */
interface CustomResource {
  spec: {
    group: string;
    names: { kind: string };
    versions: { name: string; schema: { openAPIV3Schema: Schema } }[];
  };
}

/** Writes the schemas of the Prometheus operator's resources, closed in the same way. */
export async function writeOperatorSchemas(
  folder: string,
  kinds: readonly string[],
): Promise<void> {
  const module = "github.com/prometheus-operator/prometheus-operator";
  const out = await runOrThrow(goCommand() ?? "go", ["mod", "download", "-json", module], {
    cwd: join(__dirname, "prometheus-operator"),
    env: environmentWith(goEnvironment({})),
    hint: "Check that Go's module proxy (GOPROXY) can be reached, and run the same command again.",
  });
  const { Dir: source } = JSON.parse(out) as { Dir: string };
  for (const kind of kinds) {
    const file = `monitoring.coreos.com_${kind.toLowerCase()}s.yaml`;
    const { spec } = parse(
      readFileSync(join(source, "example/prometheus-operator-crd", file), "utf8"),
    ) as CustomResource;
    for (const { name, schema } of spec.versions) {
      const path = [spec.names.kind, spec.group.split(".")[0], name].join("-").toLowerCase();
      writeFileSync(join(folder, `${path}.json`), JSON.stringify(closed(schema.openAPIV3Schema)));
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
  const both = schema.format === "int-or-string" || schema["x-kubernetes-int-or-string"] === true;
  if (both) return { type: ["integer", "string"] };
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
