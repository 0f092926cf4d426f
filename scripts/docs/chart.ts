import { readFileSync } from "node:fs";
import path from "node:path";
import { format, resolveConfig } from "prettier";
import { isMap, isScalar, isSeq, parse, parseDocument } from "yaml";
import { writePage } from "./write-page";

const FOLDER = path.join(__dirname, "../../helm/todo-app");

/** The page that this script generates. */
export const PAGE = path.join(FOLDER, "README.md");

/** The chart's name and versions. */
interface Chart {
  name: string;
  description: string;
  version: string;
  appVersion: string;
}

/** The comment above a key in values.yaml: it describes a value, or a group of values. */
interface Comment {
  text: string;
  /** Whether it describes a value, by `# --`. */
  ofValue: boolean;
}

/** A value with a description, or the heading of a group. */
interface Entry extends Comment {
  key: string;
  value: unknown;
}

/** Generates the README from Chart.yaml and values.yaml. */
export async function generate(): Promise<string> {
  const chart = parse(readFileSync(path.join(FOLDER, "Chart.yaml"), "utf8")) as Chart;
  const entries = described(readFileSync(path.join(FOLDER, "values.yaml"), "utf8"));
  const options = await resolveConfig(PAGE);
  return format(`${introduction(chart)}\n${sections(entries).join("\n")}`, {
    ...options,
    filepath: PAGE,
  });
}

function introduction({ name, description, version, appVersion }: Chart): string {
  return `# ${name}

<!-- Generated from values.yaml and scripts/docs/chart.ts by \`npm run docs\`: change it there. -->

${description}. Version ${version}, of application ${appVersion}. It needs Helm 3 and Kubernetes 1.30 or newer.

## Install

Everything in one release, for development on Minikube:

\`\`\`sh
helm install todo-app helm/todo-app -f helm/todo-app/values/dev.yaml
helm test todo-app
\`\`\`

It creates the namespace \`todo-app\`, PostgreSQL, and all secrets; the release itself is stored in the namespace
of \`-n\`, here \`default\`. The images \`todo-backend:1.0.0\` and \`todo-frontend:1.0.0\` have to be in the node
before. If the container runtime of the node is docker, its own engine builds them:

\`\`\`sh
eval "$(minikube docker-env --shell bash)"
docker build --tag todo-backend:1.0.0 docker/backend
docker build --tag todo-frontend:1.0.0 docker/frontend
\`\`\`

With another container runtime, build them on this machine, without the first line, and load each with
\`minikube image load\`.

In production the database and the Secret come first; \`values/prod.yaml\` shows how. Then:

\`\`\`sh
helm upgrade --install todo-app helm/todo-app -n todo-app-prod -f helm/todo-app/values/prod.yaml --atomic
\`\`\`

\`--atomic\` rolls a failed upgrade back: the old pods serve until new ones are ready, so that an image that doesn't
exist costs only time. The migration runs before any pod changes; if it fails, Helm prints its log, and the
running version stays as it is.

To keep the values of the release, upgrade to a newer chart with \`--reset-then-reuse-values\`: \`--reuse-values\`
leaves out the new chart's defaults, without which it can't be rendered.

| File | Description |
| --- | --- |
| \`values/dev.yaml\`, \`values/prod.yaml\` | The Pulumi stacks dev and prod as values of the chart; a test compares the objects of both |
| \`ci/*-values.yaml\` | The charts of data models 001, 002 and 004 |

The Pulumi program installs this chart with \`workloads.create: false\`, and owns the objects that both could
create; see the project's README.

## Values

Every value is validated before any object is created: unknown keys, wrong types, invalid texts, and values that
contradict each other are refused with a sentence.
`;
}

/** Returns a table for each top-level key with keys below it, and one for the others. */
function sections(entries: readonly Entry[]): string[] {
  const top = (key: string) => key.split(/[.[]/)[0] ?? key;
  const groups = new Set(
    entries.filter(({ key, ofValue }) => top(key) !== key || !ofValue).map(({ key }) => top(key)),
  );
  const single = entries.filter(({ key }) => !groups.has(top(key)));
  return [
    "### General\n",
    table(single),
    ...[...groups].flatMap((group) => {
      const ofGroup = entries.filter(({ key }) => top(key) === group);
      const about = ofGroup.find(({ key }) => key === group);
      return [
        `### ${group}\n`,
        about ? `${about.text}.\n` : "",
        table(ofGroup.filter((e) => e !== about)),
      ];
    }),
  ];
}

function table(entries: readonly Entry[]): string {
  const head = ["| Key | Default | Description |", "| --- | --- | --- |"];
  const rows = entries.map(({ key, text, value, ofValue }) => {
    const cells = [`\`${key}\``, ofValue ? `\`${JSON.stringify(value)}\`` : "", text];
    return `| ${cells.map((cell) => cell.replace(/[|<]/g, "\\$&")).join(" | ")} |`;
  });
  return [...head, ...rows, ""].join("\n");
}

/** Lists everything in values.yaml with a comment above it, in its order. */
export function described(text: string): Entry[] {
  const entries: Entry[] = [];
  const visit = (node: unknown, prefix: string, first: Comment | undefined) => {
    if (!isMap(node)) return;
    node.items.forEach((item, index) => {
      const { key, value } = item;
      if (!isScalar(key)) return;
      const here = `${prefix}${String(key.value)}`;
      // The parser gives a comment before the first key to the map that the key is in.
      const found = comment(key.commentBefore) ?? (index === 0 ? first : undefined);
      const plain = JSON.parse(JSON.stringify(value)) as unknown;
      if (found !== undefined) entries.push({ ...found, key: here, value: plain });
      if (found?.ofValue) return;
      if (isMap(value)) visit(value, `${here}.`, comment(value.commentBefore));
      if (isSeq(value)) {
        value.items.forEach((one, at) => {
          if (isMap(one)) visit(one, `${here}[${at}].`, comment(one.commentBefore));
        });
      }
    });
  };
  const document = parseDocument(text);
  visit(document.contents, "", comment(document.contents?.commentBefore));
  return entries;
}

/** Returns the last paragraph of a comment; undefined where there is none. */
function comment(text: string | null | undefined): Comment | undefined {
  const paragraph = text?.split(/\n\s*\n/).at(-1);
  if (paragraph === undefined) return undefined;
  const words = paragraph
    .split("\n")
    .map((line) => line.trim())
    .join(" ");
  const ofValue = words.startsWith("-- ");
  return { text: ofValue ? words.slice(3) : words, ofValue };
}

if (require.main === module) {
  void generate().then((text) => {
    writePage(PAGE, text);
  });
}
