import assert from "node:assert/strict";

/** What a block may say otherwise than it is: by path, the value that is there instead. */
export type Exceptions = Readonly<Record<string, string | RegExp | undefined>>;

/**
 * Every value of a block, by its path. Lists of named things go by their names, others by numbers;
 * with `both` by both, since a block may leave out a name.
 */
function leaves(value: unknown, both: boolean, path: readonly string[] = []): [string, unknown][] {
  const inside = entries(value, both);
  if (inside === undefined) return [[path.join(" > "), value]];
  return inside.flatMap(([key, inner]) => leaves(inner, both, [...path, key]));
}

/**
 * Asserts that an object has everything that a block of a data model says, and what is excepted just as the
 * exceptions say. An exception that is none any more fails too.
 */
export function assertBlock(object: unknown, block: unknown, exceptions: Exceptions = {}): void {
  const found = new Map(leaves(object, true));
  const said = new Map(leaves(block, false));
  for (const path of Object.keys(exceptions)) {
    assert.ok(said.has(path), `the block doesn't say ${path}: it needs no exception`);
  }
  for (const [path, value] of said) {
    const actual = found.get(path);
    if (!(path in exceptions)) {
      assert.deepEqual(actual, value, path);
      continue;
    }
    assert.notDeepEqual(actual, value, `${path} is as the block says: it needs no exception`);
    const expected = exceptions[path];
    if (expected instanceof RegExp) assert.match(String(actual), expected, path);
    else assert.deepEqual(actual, expected, path);
  }
}

/** Keys and values of an object or a list; undefined of anything else. */
function entries(value: unknown, both: boolean): [string, unknown][] | undefined {
  if (Array.isArray(value)) {
    return value.flatMap((inner: unknown, index): [string, unknown][] => {
      const [name, number] = [nameOf(inner), String(index)];
      const keys = name === undefined ? [number] : both ? [name, number] : [name];
      return keys.map((key) => [key, inner]);
    });
  }
  return typeof value === "object" && value !== null ? Object.entries(value) : undefined;
}

function nameOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null || !("name" in value)) return undefined;
  return typeof value.name === "string" ? value.name : undefined;
}
