/** The first characters of a text. A character of two UTF-16 units, as emoji are, is never halved. */
export function firstCharacters(text: string, count: number): string {
  return text.length <= count ? text : Array.from(text).slice(0, count).join("");
}

/**
 * The same JSON value with U+FFFD for each half of a character in its strings: JSON can hold such
 * halves, and PostgreSQL takes none.
 */
export function wellFormed<T>(value: T): T {
  return deep(value) as T;
}

function deep(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (Array.isArray(value)) return value.map(deep);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [
    name.toWellFormed(),
    deep(member),
  ]);
  return Object.fromEntries(members) as unknown;
}
