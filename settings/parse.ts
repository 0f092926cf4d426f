import { z } from "zod";
import { crossCheck, type Problem } from "./rules";
import { schema, secretKeys, type Settings } from "./schema";
import { SettingsError } from "./settings-error";
import { stringHint } from "./string-hint";

/**
 * Parses a stack's configuration.
 *
 * @param config the values by key, without the project's prefix, as Pulumi hands them to a program:
 *   strings as they are, everything else as JSON.
 * @param options.isSecret whether a key's value is never shown, in addition to those of `secretKeys`.
 * @param options.problems problems that are known already.
 * @throws SettingsError that lists every problem, unknown keys included.
 */
export function parseSettings(
  config: Readonly<Record<string, string>>,
  { isSecret = () => false, problems = [] }: ParseOptions = {},
): Settings {
  const values = Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, fromConfig(key, value)]),
  );
  const { data, error } = schema.safeParse(values, { reportInput: true });
  const all = [
    ...problems,
    ...(error ? error.issues.flatMap((issue) => describe(issue, isSecret)) : []),
    ...(data ? crossCheck(data) : crossCheckRest(values, error.issues)),
  ];
  if (data === undefined || all.length > 0) throw new SettingsError(all);
  return data;
}

interface ParseOptions {
  isSecret?: (key: string) => boolean;
  problems?: readonly Problem[];
}

/** Checks the rules that read none of the invalid keys. */
function crossCheckRest(
  values: Readonly<Record<string, unknown>>,
  issues: readonly z.core.$ZodIssue[],
): Problem[] {
  const wrong = new Set(
    issues.flatMap(({ path: [key], ...issue }) =>
      key !== undefined ? [String(key)] : issue.code === "unrecognized_keys" ? issue.keys : [],
    ),
  );
  const rest = Object.entries(values).filter(([key]) => !wrong.has(key));
  return crossCheck(schema.parse(Object.fromEntries(rest)), wrong);
}

/** Keys whose values are plain text; the others are JSON. */
const textKeys = new Set(
  Object.entries(z.toJSONSchema(schema, { io: "input" }).properties ?? {})
    .filter(([, property]) => typeof property === "object" && property.type === "string")
    .map(([key]) => key),
);

function fromConfig(key: string, value: string): unknown {
  if (textKeys.has(key)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** Expectations for types whose schema states none. */
const kinds: Readonly<Record<string, string>> = {
  object: "an object",
  record: "an object",
  array: "a list",
};

/** Returns what the schema expects at an issue. */
export function expectedBy(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_key") return issue.issues[0]?.message ?? issue.message;
  const unsaid = issue.code === "invalid_type" && issue.message.startsWith("Invalid input");
  return (unsaid ? kinds[issue.expected] : undefined) ?? issue.message;
}

function describe(issue: z.core.$ZodIssue, isSecret: (key: string) => boolean): Problem[] {
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys") {
    const known = knownKeys(path);
    return issue.keys.map((key) => ({
      key: [...path, key].join("."),
      found: "a key that doesn't exist",
      expected: `one of ${known.join(", ")}`,
    }));
  }
  const key = path.join(".");
  const top = path[0] ?? "";
  const secret = (secretKeys as readonly string[]).includes(top) || isSecret(top);
  return [
    {
      key,
      found: secret ? "a value that isn't shown, as it is a secret" : shown(issue.input),
      expected: withStringHint(expectedBy(issue), issue),
    },
  ];
}

/** Adds how a string is set, where there is a number or a boolean in the place of one. */
function withStringHint(expected: string, issue: z.core.$ZodIssue): string {
  const { code, input, path } = issue;
  const isPlain = typeof input === "number" || typeof input === "boolean";
  if (code !== "invalid_type" || issue.expected !== "string" || !isPlain) return expected;
  return `${expected.replace(/, in quotes$/, "")}: ${stringHint(path, input)}`;
}

function shown(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}

/** The part of JSON Schema that leads to the keys at a path. */
interface Node {
  properties?: Record<string, Node>;
  items?: Node;
}

/** The keys that the schema has at a path. */
function knownKeys(path: readonly string[]): string[] {
  let node = z.toJSONSchema(schema, { io: "input" }) as Node;
  for (const step of path) node = node.properties?.[step] ?? node.items ?? {};
  return Object.keys(node.properties ?? {});
}
