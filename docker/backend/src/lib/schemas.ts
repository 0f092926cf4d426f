import { type Static, type TSchemaOptions, type TString, type TUnsafe, Type } from "typebox";

/** What PostgreSQL accepts as a uuid. (JSON Schema's format also allows a leading `urn:uuid:`.) */
export const uuidPattern = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

// At least one visible character and no control characters: PostgreSQL can't store NUL, and the
// others confuse terminals and logs.
const VISIBLE_TEXT =
  "^[^\\u0000-\\u001f\\u007f]*[^\\s\\u0000-\\u001f\\u007f][^\\u0000-\\u001f\\u007f]*$";

/** Returns the schema of a single line of text that isn't blank. */
export function singleLine(maxLength: number, options: TSchemaOptions = {}): TString {
  return Type.String({ minLength: 1, maxLength, pattern: VISIBLE_TEXT, ...options });
}

/** The schema of a uuid. */
export const uuid = Type.String({ format: "uuid" });

/** The schema of the path parameter `:id`. */
export const idParams = Type.Object({ id: uuid });

/**
 * The schema of a text or null in a response. It names two types where TypeBox's union would have
 * two schemas, which fast-json-stringify would have to try one after the other.
 */
export const nullableText: TUnsafe<string | null> = Type.Unsafe<string | null>({
  type: ["string", "null"],
});

/** How many rows a page has when the request names no limit. */
export const DEFAULT_PAGE_SIZE = 50;

/**
 * The longest cursor. Its largest sort key is a task's title: 200 characters of up to 4 bytes; the
 * order and the id take less than 100 bytes, and base64 turns 3 bytes into 4 characters.
 */
const CURSOR_MAX_LENGTH = Math.ceil(((200 * 4 + 100) * 4) / 3);

/** The query parameters that select a page of a list. */
export const pageProperties = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: DEFAULT_PAGE_SIZE })),
  cursor: Type.Optional(
    Type.String({
      maxLength: CURSOR_MAX_LENGTH,
      description: "nextCursor of the page before",
    }),
  ),
};

/** The schema of a query that selects a page and nothing else. */
export const pageQuery = Type.Object(pageProperties, { additionalProperties: false });

/** Which page of a list to return. */
export type PageQuery = Static<typeof pageQuery>;
