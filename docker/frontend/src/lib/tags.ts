import { TAG_MAX, TAGS_MAX } from "./tasks-api.ts";

/** Tags as they are typed: with commas between them, with or without a leading #. */
export function parseTags(text: string): readonly string[] {
  const tags = text.split(",").map((tag) => tag.trim().replace(/^#\s*/, "").toLowerCase());
  return [...new Set(tags.filter((tag) => tag !== ""))];
}

/** What is wrong with tags, or undefined. */
export function flawOfTags(tags: readonly string[]): string | undefined {
  if (tags.length > TAGS_MAX) return `A task can have ${TAGS_MAX} tags at most.`;
  const long = tags.find((tag) => tag.length > TAG_MAX);
  if (long === undefined) return undefined;
  return `The tag “${long.slice(0, 20)}…” is longer than ${TAG_MAX} characters.`;
}
