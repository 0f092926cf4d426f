import { MAX_TAG_LENGTH, MAX_TAGS } from "./tasks-api.ts";

/** Parses a comma-separated list of tags into unique lower-case tags without a leading `#`. */
export function parseTags(text: string): readonly string[] {
  const tags = text.split(",").map((tag) => tag.trim().replace(/^#\s*/, "").toLowerCase());
  return [...new Set(tags.filter((tag) => tag !== ""))];
}

/** Returns why the API would reject these tags, or undefined. */
export function validateTags(tags: readonly string[]): string | undefined {
  if (tags.length > MAX_TAGS) return `A task can have ${MAX_TAGS} tags at most.`;
  const tooLong = tags.find((tag) => tag.length > MAX_TAG_LENGTH);
  if (tooLong === undefined) return undefined;
  return `The tag “${tooLong.slice(0, 20)}…” is longer than ${MAX_TAG_LENGTH} characters.`;
}
