import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../write-page";

/** What a line of a data model is. */
export type Kind = "sentence" | "item" | "row" | "code";

/** One thing that a data model says: a sentence, a list's item, a table's row, or a line of a block. */
export interface Statement {
  /** Number of its line; with `.1`, `.2`, … where a line has several sentences. */
  id: string;
  line: number;
  kind: Kind;
  /** Its words, without the marks of lists and tables; a line of a block with its indent. */
  text: string;
  /** The headings above it, from the outermost. */
  section: readonly string[];
}

/** Lines that give a model its form and say nothing by themselves. */
const rule = /^---+$/;
const heading = /^(#+)\s+(.+)$/;
/** A line such as `**Attributes**:`, a heading of what follows it. */
const label = /^\*\*([^*]+)\*\*:$/;
const tableRule = /^\|[\s|:-]+\|$/;
const FENCE = "```";

const item = /^\s*(?:[-*]|\d+\.)\s+(?:\[[ x]\]\s+)?(.+)$/;
const row = /^\|(.+)\|$/;

/** Splits a data model into all that it says. */
export function statementsOf(markdown: string): Statement[] {
  const found: Statement[] = [];
  const lines = markdown.split("\n").map((line) => line.trimEnd());
  let headings: { depth: number; text: string }[] = [];
  let inBlock = false;
  const open = (depth: number, text: string) => {
    headings = [...headings.filter((above) => above.depth < depth), { depth, text }];
  };
  lines.forEach((text, index) => {
    const line = index + 1;
    const add = (kind: Kind, ...words: string[]) => {
      const section = headings.map((above) => above.text);
      for (const [number, said] of words.entries()) {
        const id = words.length === 1 ? String(line) : `${line}.${number + 1}`;
        found.push({ id, line, kind, text: kind === "code" ? said : said.trim(), section });
      }
    };
    if (text.startsWith(FENCE)) inBlock = !inBlock;
    else if (text === "") return;
    else if (inBlock) add("code", text);
    else if (rule.test(text) || tableRule.test(text)) return;
    else if (tableRule.test(lines[line] ?? "")) return;
    else {
      const [, marks = "", title = ""] = heading.exec(text) ?? [];
      const [, name] = label.exec(text) ?? [];
      const [, ofItem] = item.exec(text) ?? [];
      const [, ofRow] = row.exec(text) ?? [];
      if (title !== "") open(marks.length, title);
      else if (name !== undefined) open(7, name);
      else if (ofItem !== undefined) add("item", ofItem);
      else if (ofRow !== undefined) add("row", ofRow);
      else add("sentence", ...text.split(/(?<=[.!?])\s+(?=[A-Z])/));
    }
  });
  return found;
}

/** A data model as it was given: its text, what it says, and its blocks. */
export class Document {
  readonly markdown: string;
  readonly statements: readonly Statement[];

  constructor(readonly id: string) {
    this.markdown = readFileSync(join(ROOT, "tests/conformance/models", `${id}.md`), "utf8");
    this.statements = statementsOf(this.markdown);
  }

  /** The text of the block whose first line has this number. */
  block(line: number): string {
    const lines = this.markdown.split("\n");
    if (lines[line - 2]?.startsWith(FENCE) !== true) {
      throw new Error(`Line ${line} of data model ${this.id} is not the first of a block.`);
    }
    const end = lines.findIndex((text, index) => index >= line - 1 && text.startsWith(FENCE));
    return lines.slice(line - 1, end).join("\n");
  }
}
