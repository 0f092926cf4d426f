/**
 * Returns the first characters of a text. Counts code points, as PostgreSQL does, so that a
 * character of two UTF-16 units (an emoji) is never cut in half.
 */
export function firstCharacters(text: string, count: number): string {
  return text.length <= count ? text : Array.from(text).slice(0, count).join("");
}

/**
 * Returns a copy of a JSON value in which U+FFFD replaces each lone surrogate: JSON can hold them,
 * PostgreSQL rejects them.
 */
export function wellFormed<T>(value: T): T {
  return replaceLoneSurrogates(value) as T;
}

function replaceLoneSurrogates(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (Array.isArray(value)) return value.map(replaceLoneSurrogates);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [
    name.toWellFormed(),
    replaceLoneSurrogates(member),
  ]);
  return Object.fromEntries(members) as unknown;
}
