import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { Document, type Statement } from "./statements";
import { hasTest } from "./titles";

/** A test by its file, from the project's folder, and its title. */
export interface Reference {
  file: string;
  title: string;
}

/** What becomes of one statement of a data model. */
export interface Outcome {
  statement: Statement;
  /** The tests that assert it. */
  tests: readonly Reference[];
  /** Why it isn't asserted, or isn't kept to the letter. */
  reasons: readonly string[];
}

/** An entry of `<model>.sentences.yaml`: statements that share their tests, or the reason for none. */
export interface Entry {
  /** A title in the data model's own test file, or `<file> > <title>`. */
  test?: string | string[];
  reason?: string;
  /** The statements' words by their ids; by `<first>-<last>` the first one's, for those lines. */
  says: Record<string, string>;
}

/** A data model's statements with what becomes of each, and all that is wrong with the list. */
export function outcomesOf(id: string): Judged {
  const list = readFileSync(join(__dirname, "../../conformance", `${id}.sentences.yaml`), "utf8");
  return judge(id, new Document(id).statements, parse(list) as Entry[]);
}

/** Statements with what becomes of each, and what is wrong with the list of entries. */
export interface Judged {
  outcomes: Outcome[];
  problems: string[];
}

/** Holds the entries for a data model against its statements, and against the tests that there are. */
export function judge(
  id: string,
  statements: readonly Statement[],
  entries: readonly Entry[],
): Judged {
  const file = `tests/conformance/${id}.sentences.yaml`;
  const problems: string[] = [];
  const of = new Map<Statement, { tests: Reference[]; reasons: string[] }>();
  for (const { test = [], reason, says } of entries) {
    const tests = [test].flat().map((named) => reference(id, named));
    if (tests.length === 0 && reason === undefined) {
      problems.push(`${file}: ${Object.keys(says).join(", ")}: neither a test nor a reason`);
    }
    for (const { file: tested, title } of tests) {
      if (!hasTest(tested, title)) problems.push(`${file}: ${tested} has no test "${title}"`);
    }
    for (const [where, words] of Object.entries(says)) {
      const covered = covers(statements, where);
      const [first] = covered;
      if (first?.text !== words) {
        problems.push(`${file}: ${where} says "${first?.text ?? "nothing"}", quoted is "${words}"`);
      }
      if (covered.length > 1 && reason === undefined) {
        problems.push(`${file}: ${where} stands for ${covered.length} statements without a reason`);
      }
      for (const statement of covered) {
        const before = of.get(statement) ?? { tests: [], reasons: [] };
        of.set(statement, {
          tests: [...before.tests, ...tests],
          reasons: [...before.reasons, ...(reason === undefined ? [] : [reason])],
        });
      }
    }
  }
  const outcomes = statements.map((statement) => {
    const found = of.get(statement);
    if (found === undefined) {
      problems.push(`${file}: nothing on ${statement.id}: ${statement.text}`);
    }
    return { statement, tests: found?.tests ?? [], reasons: found?.reasons ?? [] };
  });
  return { outcomes, problems };
}

function covers(statements: readonly Statement[], where: string): Statement[] {
  const [first, last] = where.split("-").map(Number);
  if (first === undefined || last === undefined) return statements.filter(({ id }) => id === where);
  return statements.filter(({ line }) => line >= first && line <= last);
}

function reference(id: string, named: string): Reference {
  const [file, title] = named.split(" > ");
  return title === undefined
    ? { file: `tests/conformance/${id}.test.ts`, title: named }
    : { file: file ?? "", title };
}
