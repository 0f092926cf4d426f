import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { ROOT } from "../write-page";
import { Document, type Statement } from "./statements";
import { hasTest } from "./test-titles";

/** A test by its file, from the project's folder, and its title. */
export interface Reference {
  file: string;
  title: string;
}

/** Kinds of reasons why a statement isn't asserted, or isn't implemented to the letter; a sentence each. */
export const reasonKinds = {
  document: "It is about the document itself, or repeats what other sentences say.",
  language:
    "It describes a backend in Python; by the product's decision the backend is TypeScript.",
  secrets:
    "It would expose a secret: secrets stay in the stack's encrypted configuration and the Secret.",
  platform: "Kubernetes, Helm, Docker or the cluster decides it, not this product.",
  scope: "It describes something that is not part of this product.",
  naming: "Only a name, a path, a version or the way to set it differs.",
  design: "The product reaches the same by other means.",
} as const;

/** A kind of reason. */
export type ReasonKind = keyof typeof reasonKinds;

/** A reason why a statement isn't asserted, or isn't implemented to the letter. */
export interface Reason {
  kind: ReasonKind;
  text: string;
}

/** One statement of a data model with the tests that assert it, and the reasons for what differs. */
export interface Outcome {
  statement: Statement;
  /** The tests that assert it. */
  tests: readonly Reference[];
  /** Why it isn't asserted, or isn't implemented to the letter. */
  reasons: readonly Reason[];
}

/** An entry of `<model>.sentences.yaml`: statements that share their tests, or the reason for none. */
export interface Entry {
  /** A title in the data model's own test file, or `<file> > <title>`. */
  test?: string | string[];
  reason?: string;
  /** The kind of the reason. */
  kind?: string;
  /** The statements' words by their ids; by `<first>-<last>` the first one's, for those lines. */
  says: Record<string, string>;
}

/** Returns the outcome of every statement of a data model, and the problems of its list. */
export function outcomesOf(id: string): Judged {
  const list = readFileSync(join(ROOT, "tests/conformance", `${id}.sentences.yaml`), "utf8");
  return judge(id, new Document(id).statements, parse(list) as Entry[]);
}

/** The outcome of every statement, and the problems of the list. */
export interface Judged {
  outcomes: Outcome[];
  problems: string[];
}

/** Compares the entries for a data model with its statements, and with the tests that exist. */
export function judge(
  id: string,
  statements: readonly Statement[],
  entries: readonly Entry[],
): Judged {
  const file = `tests/conformance/${id}.sentences.yaml`;
  const problems: string[] = [];
  const of = new Map<Statement, { tests: Reference[]; reasons: Reason[] }>();
  for (const { test = [], reason: text, kind, says } of entries) {
    const reason = text === undefined ? undefined : { kind: kind as ReasonKind, text };
    const tests = [test].flat().map((named) => reference(id, named));
    if (tests.length === 0 && reason === undefined) {
      problems.push(`${file}: ${Object.keys(says).join(", ")}: neither a test nor a reason`);
    }
    if ((text === undefined) !== (kind === undefined) || !((kind ?? "document") in reasonKinds)) {
      const where = Object.keys(says).join(", ");
      const known = Object.keys(reasonKinds).join(", ");
      problems.push(
        `${file}: ${where}: a reason has one of the kinds ${known}; found ${kind ?? "none"}`,
      );
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
