import path from "node:path";
import { ROOT, writePage } from "../write-page";
import { type Outcome, outcomesOf, reasonKinds } from "./sentences";

/** The page that this script generates. */
export const PAGE = path.join(ROOT, "docs/conformance.md");

/** The full table that `npm run docs:conformance` generates. */
export const FULL_PAGE = path.join(ROOT, "artifacts/conformance.md");

const ids = ["000", "001", "002", "003", "004"] as const;

const INTRODUCTION = `# Conformance

<!-- Generated from tests/conformance/*.sentences.yaml by \`npm run docs\`: change it there. -->

Five data models describe this system, and they contradict each other. The defaults follow 004;
\`tests/conformance/<model>.yaml\` is the stack that deploys what each of them describes.
\`tests/conformance/<model>.sentences.yaml\` lists every sentence of each, with the tests that assert it, or with the
reason why none does or why the product differs from its letter. \`npm test\` fails where a sentence has neither;
the tests of \`tests/e2e\` run on a cluster, with \`npm run test:e2e\`.
`;

/** Generates the summary: the numbers of each data model, and the kinds of reasons. */
export function generate(): string {
  const parts = ids.map((id) => ({ id, ...outcomesOf(id) }));
  const models = parts.map(({ id, outcomes }) => {
    const tested = outcomes.filter(({ tests }) => tests.length > 0);
    const differing = tested.filter(({ reasons }) => reasons.length > 0);
    return [
      `[${id}](../tests/conformance/models/${id}.md)`,
      `[stack](../tests/conformance/${id}.yaml)`,
      `[sentences](../tests/conformance/${id}.sentences.yaml)`,
      ...[outcomes.length, tested.length, differing.length, outcomes.length - tested.length],
    ];
  });
  const reasons = parts.flatMap(({ outcomes }) => outcomes.flatMap((one) => one.reasons));
  const kinds = Object.entries(reasonKinds).map(([kind, sentence]) => [
    `\`${kind}\``,
    sentence,
    reasons.filter((reason) => reason.kind === kind).length,
  ]);
  return `${INTRODUCTION}
${table(["Data model", "Stack", "List", "Sentences", "Asserted by a test", "of these with a reason", "With a reason only"], models)}

## Kinds of reasons

${table(["Kind", "Meaning", "Sentences"], kinds)}

## The full table

\`npm run docs:conformance\` writes every sentence with its tests and reasons to \`artifacts/conformance.md\`.
`;
}

/** Generates the full table: every sentence of every data model. */
export function generateFull(): string {
  const parts = ids.map((id) => ({ id, ...outcomesOf(id) }));
  const bodies = parts.flatMap(({ id, outcomes }) => [`\n## Data model ${id}`, body(outcomes)]);
  const head = "# Conformance, sentence by sentence\n\nThe summary is docs/conformance.md.";
  return `${[head, ...bodies].join("\n")}\n`;
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** A data model's statements, in tables below its headings. */
function body(outcomes: readonly Outcome[]): string {
  const groups = runs(outcomes, ({ statement }) => statement.section.slice(1).join(" › "));
  return groups
    .flatMap(([title, group]) => [
      ...(title === "" ? [""] : [`\n### ${title}\n`]),
      "| Line | Sentence | Test or reason |",
      "| --- | --- | --- |",
      ...runs(group, sameRow).map(([, row]) => tableRow(row)),
    ])
    .join("\n");
}

/** Lines of a block share a row where they share tests and reasons. */
function sameRow({ statement, tests, reasons }: Outcome): string {
  return JSON.stringify([statement.kind === "code" || statement.id, tests, reasons]);
}

function tableRow(row: readonly Outcome[]): string {
  const [first] = row;
  const last = row.at(-1);
  if (first === undefined || last === undefined) return "";
  const [from, to] = [first.statement.id, last.statement.id];
  const words = row.map(({ statement: { kind, text } }) =>
    kind === "code" ? code(text) : text.replaceAll("|", "\\|").replaceAll("<", "\\<"),
  );
  const tests = first.tests.map(
    ({ file, title }) => `✓ [${path.basename(file)}](../${file}): ${title.replaceAll("<", "\\<")}`,
  );
  const cells = [from === to ? from : `${from}–${to}`, words.join("<br>")];
  return `| ${cells.join(" | ")} | ${[...tests, ...first.reasons.map(({ text }) => text)].join("<br>")} |`;
}

/** A line of a block, its indent kept. */
function code(text: string): string {
  const [indent = ""] = /^ */.exec(text) ?? [];
  const marks = text.includes("`") ? "``" : "`";
  return `${"&nbsp;".repeat(indent.length)}${marks}${text.trim().replaceAll("|", "\\|")}${marks}`;
}

/** Neighbours that share a key, together. */
function runs<T>(items: readonly T[], keyOf: (item: T) => string): [string, T[]][] {
  const found: [string, T[]][] = [];
  for (const item of items) {
    const key = keyOf(item);
    const last = found.at(-1);
    if (last?.[0] === key) last[1].push(item);
    else found.push([key, [item]]);
  }
  return found;
}

if (require.main === module) {
  if (process.argv.includes("--full")) writePage(FULL_PAGE, generateFull());
  else writePage(PAGE, generate());
}
