import path from "node:path";
import { format, resolveConfig } from "prettier";
import { z } from "zod";
import { expectedBy, schema, secretKeys } from "../../settings";
import { writePage } from "./write-page";

/** The part of JSON Schema that the settings use. */
interface Node {
  type?: string;
  description?: string;
  default?: unknown;
  pattern?: string;
  minLength?: number;
  items?: Node;
  properties?: Record<string, Node>;
}

/** The page that this script generates. */
export const PAGE = path.join(__dirname, "../../docs/configuration.md");

const INTRODUCTION = `# Configuration

<!-- Generated from settings/ by \`npm run docs\`: change it there. -->

Every key of a stack's configuration. Set one with \`pulumi config set [--path] <key> <value>\`, as in
\`pulumi config set --path backend.replicas 3\`, or in \`Pulumi.<stack>.yaml\`. All keys are validated
before any resource is registered; an unknown key is an error. A key that isn't set has its default, also
inside an object.
`;

/** Generates the page from the settings' schema. */
export async function generate(): Promise<string> {
  const { properties = {} } = z.toJSONSchema(schema, { io: "input" }) as Node;
  const objects = Object.entries(properties).filter(([, node]) => node.properties !== undefined);
  const single = Object.entries(properties).filter(([, node]) => node.properties === undefined);
  const sections = [
    INTRODUCTION,
    "## Single keys\n",
    table(single.map(([key, node]) => row(key, node))),
    ...objects.flatMap(([key, node]) => [
      `## ${key}\n`,
      node.description === undefined ? "" : `${node.description}.\n`,
      table(rows(key, node)),
    ]),
  ];
  const options = await resolveConfig(PAGE);
  return format(sections.join("\n"), { ...options, filepath: PAGE });
}

/** Returns a row for each key below one, and for each object with a description. */
function rows(key: string, node: Node): string[] {
  return Object.entries(node.properties ?? {}).flatMap(([name, below]) => {
    const path = `${key}.${name}`;
    const inside = rows(path, below);
    const items = below.items === undefined ? [] : rows(`${path}.0`, below.items);
    const described = inside.length === 0 || below.description !== undefined;
    return [...(described ? [row(path, below)] : []), ...inside, ...items];
  });
}

function table(lines: readonly string[]): string {
  const head = ["| Key | Default | Expected | Description |", "| --- | --- | --- | --- |"];
  return [...head, ...lines, ""].join("\n");
}

function row(key: string, node: Node): string {
  const secret = (secretKeys as readonly string[]).includes(key);
  const withoutDefault =
    node.default === undefined || node.default === "" || node.properties !== undefined;
  const cells = [
    `\`${key.replaceAll(".0", "[]")}\``,
    withoutDefault ? "" : `\`${JSON.stringify(node.default)}\``,
    secret ? "a secret: `pulumi config set --secret`" : expected(key, node),
    node.description ?? "",
  ];
  return `| ${cells.map((cell) => cell.replace(/[|<]/g, "\\$&")).join(" | ")} |`;
}

/** Returns the expected value, in the words of the error for an invalid one. */
function expected(key: string, node: Node): string {
  const list = node.type === "array";
  const ofItems =
    list && node.items?.properties === undefined ? expected(`${key}.0`, node.items ?? {}) : "";
  const wrong = node.pattern ? "\n" : node.minLength ? "" : list ? {} : [];
  const words = refusal(key, wrong);
  return ofItems === "" ? words : `${words}: each ${ofItems}`;
}

/** Returns the expectation in the error for an invalid value at a key; `0` in the key is a list's first item. */
function refusal(key: string, value: unknown): string {
  const settings = key
    .split(".")
    .reduceRight<unknown>((inner, step) => (step === "0" ? [inner] : { [step]: inner }), value);
  const issues = schema.safeParse(settings).error?.issues ?? [];
  const issue = issues.find(({ path }) => path.join(".") === key);
  if (issue === undefined)
    throw new Error(`${key} accepts ${JSON.stringify(value)}: find a value that it refuses.`);
  return expectedBy(issue);
}

if (require.main === module) {
  void generate().then((text) => {
    writePage(PAGE, text);
  });
}
