import assert from "node:assert/strict";

/** What a block may say otherwise than it is: by path, the value that is there instead. */
export type Exceptions = Readonly<Record<string, string | RegExp | undefined>>;

/** Every value of a block, by its path. Lists of named things go by their names. */
export function leaves(value: unknown, path: readonly string[] = []): Map<string, unknown> {
  const inside = entries(value);
  if (inside === undefined) return new Map([[path.join(" > "), value]]);
  return new Map(inside.flatMap(([key, inner]) => [...leaves(inner, [...path, key])]));
}

/**
 * Asserts that an object has everything that a block of a data model says, and what is excepted just as the
 * exceptions say. An exception that is none any more fails too.
 */
export function assertBlock(object: unknown, block: unknown, exceptions: Exceptions = {}): void {
  const found = leaves(object);
  const said = leaves(block);
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
function entries(value: unknown): [string, unknown][] | undefined {
  if (Array.isArray(value)) {
    return value.map((inner: unknown, index) => [nameOf(inner) ?? String(index), inner]);
  }
  return typeof value === "object" && value !== null ? Object.entries(value) : undefined;
}

function nameOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null || !("name" in value)) return undefined;
  return typeof value.name === "string" ? value.name : undefined;
}
