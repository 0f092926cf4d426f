import { z } from "zod";
import { crossCheck, type Problem } from "./rules";
import { schema, secretKeys, type Settings } from "./schema";

/** The settings are wrong: the message lists every wrong key, what was found and what is allowed. */
export class SettingsError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    const lines = problems.map(
      ({ key, found, expected }) => `  ${key}: found ${found}; expected ${expected}`,
    );
    const count = problems.length === 1 ? "1 setting is" : `${problems.length} settings are`;
    super(
      `${count} wrong:\n${lines.join("\n")}\n` +
        "Change them by `pulumi config set [--path] <key> <value>` or in Pulumi.<stack>.yaml; " +
        "docs/configuration.md has every key.",
    );
    this.name = "SettingsError";
  }
}

/**
 * Settings from a stack's configuration.
 *
 * @param config the values by key, without the project's prefix, as Pulumi hands them to a program:
 *   strings as they are, everything else as JSON.
 * @throws SettingsError that lists all that is wrong at once, unknown keys included.
 */
export function parseSettings(config: Readonly<Record<string, string>>): Settings {
  const values = Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, fromConfig(key, value)]),
  );
  const result = schema.safeParse(values, { reportInput: true });
  if (!result.success) throw new SettingsError(result.error.issues.flatMap(describe));
  const problems = crossCheck(result.data);
  if (problems.length > 0) throw new SettingsError(problems);
  return result.data;
}

/** Keys whose values are text as it stands; the others arrive as JSON. */
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

function describe(issue: z.core.$ZodIssue): Problem[] {
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
  const secret = (secretKeys as readonly string[]).includes(path[0] ?? "");
  return [
    {
      key,
      found: secret ? "a value that isn't shown, as it is a secret" : shown(issue.input),
      expected:
        issue.code === "invalid_type" && issue.expected === "object" ? "an object" : issue.message,
    },
  ];
}

function shown(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}

/** The keys that the schema has at a path. */
function knownKeys(path: readonly string[]): string[] {
  let node = z.toJSONSchema(schema, { io: "input" }) as {
    properties?: Record<string, typeof node>;
  };
  for (const step of path) node = node.properties?.[step] ?? {};
  return Object.keys(node.properties ?? {});
}
