import { DomainError } from "../errors.ts";
import { uuidPattern } from "./schemas.ts";

/** Where a page of a list ended. */
export interface PageEnd {
  /** The list and its order, such as `createdAt desc`. A cursor is valid for this order only. */
  readonly order: string;
  /** The last row's sort key. */
  readonly key: string;
  /** The last row's id, which decides between rows with equal keys. */
  readonly id: string;
}

/** Encodes the end of a page as a cursor, which is opaque to clients. */
export function encodeCursor({ order, key, id }: PageEnd): string {
  return Buffer.from(JSON.stringify([order, key, id])).toString("base64url");
}

/**
 * Decodes a cursor.
 *
 * @param order - the order of the list that is read
 * @param keyPattern - what a sort key of this list looks like
 * @throws DomainError (`invalid-input`) when the cursor was not made by encodeCursor for this order
 */
export function decodeCursor(cursor: string, order: string, keyPattern: RegExp): PageEnd {
  try {
    const found = JSON.parse(Buffer.from(cursor, "base64url").toString()) as unknown;
    if (Array.isArray(found) && found.length === 3) {
      const [foundOrder, key, id] = found as unknown[];
      if (foundOrder === order && typeof key === "string" && typeof id === "string") {
        if (keyPattern.test(key) && uuidPattern.test(id)) return { order, key, id };
      }
    }
  } catch {
    // Not JSON: rejected below, like any other text that is not a cursor.
  }
  throw new DomainError(
    "invalid-input",
    "The cursor doesn't belong to this list. Ask for the first page again, without a cursor.",
  );
}

/** What a timestamptz looks like as text, in PostgreSQL's ISO date style. */
export const timestampPattern =
  /^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d){0,2}$/;
