import { HttpError } from "./problem.ts";
import { UUID } from "./validation.ts";

/** Where a page ended: the order it was in, the last row's place in it, and that row's id. */
export interface Place {
  readonly order: string;
  readonly key: string;
  readonly id: string;
}

/** A place as clients hand it back: without meaning to them. */
export function writeCursor({ order, key, id }: Place): string {
  return Buffer.from(JSON.stringify([order, key, id])).toString("base64url");
}

/** The place in a cursor. Throws a 400 when it isn't one of ours for this order. */
export function readCursor(cursor: string, order: string, key: RegExp): Place {
  try {
    const found = JSON.parse(Buffer.from(cursor, "base64url").toString()) as unknown;
    if (Array.isArray(found) && found.length === 3) {
      const [foundOrder, foundKey, id] = found as unknown[];
      if (foundOrder === order && typeof foundKey === "string" && typeof id === "string") {
        if (key.test(foundKey) && UUID.test(id)) return { order, key: foundKey, id };
      }
    }
  } catch {
    // The same answer as for any other text that is no cursor.
  }
  throw new HttpError(
    400,
    "The cursor doesn't belong to this list. Ask for the first page again, without a cursor.",
  );
}

/** A timestamp as PostgreSQL writes it. */
export const TIMESTAMP = /^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d){0,2}$/;
