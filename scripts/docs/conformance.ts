import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { outcomesOf, type Outcome } from "../../tests/support/conformance/sentences";

/** The page that this generates. */
export const page = path.join(__dirname, "../../docs/conformance.md");

const ids = ["000", "001", "002", "003", "004"];

const introduction = `# Conformance

<!-- Generated from tests/conformance/*.sentences.yaml by \`npm run docs\`: change it there. -->

Five data models describe this system, and they don't agree with each other. The defaults follow 004;
\`tests/conformance/<model>.yaml\` is the stack that makes what each of them describes. Here stands every
sentence of each, with the tests that assert it, or with the reason why it isn't asserted or isn't kept to the
letter. \`npm test\` fails where a sentence has neither; the tests of \`tests/e2e\` run on a cluster, by
\`npm run test:e2e\`.
`;

/** The page as the lists have it now. */
export function generate(): string {
  const parts = ids.map((id) => ({ id, ...outcomesOf(id) }));
  const rows = parts.map(({ id, outcomes }) => {
    const tested = outcomes.filter(({ tests }) => tests.length > 0).length;
    const link = `[${id}](../tests/conformance/models/${id}.md)`;
    const cells = [
      ...[link, `[stack](../tests/conformance/${id}.yaml)`],
      ...[outcomes.length, tested, outcomes.length - tested],
    ];
    return `| ${cells.join(" | ")} |`;
  });
  const head = [
    "| Data model | Its stack | Sentences | With a test | With a reason alone |",
    "| --- | --- | --- | --- | --- |",
  ];
  const bodies = parts.flatMap(({ id, outcomes }) => [`\n## Data model ${id}`, body(outcomes)]);
  return `${[introduction, ...head, ...rows, ...bodies].join("\n")}\n`;
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

/** Lines of a block stand in one row where the same becomes of them. */
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
  return `| ${cells.join(" | ")} | ${[...tests, ...first.reasons].join("<br>")} |`;
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
  const text = generate();
  const same = text === readFileSync(page, { encoding: "utf8", flag: "a+" });
  if (!same) writeFileSync(page, text);
  console.log(`docs/conformance.md ${same ? "is up to date" : "is written"}`);
}
