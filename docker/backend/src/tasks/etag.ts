import { HttpError } from "../http/problem.ts";

/** The ETag of a version. */
export function etag(version: number): string {
  return `"${version}"`;
}

const TAG = /^(?:W\/)?"([^"]*)"$/;

/**
 * The versions that an If-Match header names (RFC 9110, 13.1.1); undefined when any will do. A tag
 * that is weak, or none of ours, matches nothing.
 */
export function ifMatch(header: string | undefined): readonly number[] | undefined {
  if (header === undefined || header.trim() === "*") return undefined;
  return header.split(",").flatMap((part) => {
    const found = TAG.exec(part.trim());
    if (found === null) {
      throw new HttpError(400, 'If-Match is not valid: expected the ETag of a task, such as "3".');
    }
    const [tag, version = ""] = found;
    return !tag.startsWith("W/") && /^\d{1,9}$/.test(version) ? [Number(version)] : [];
  });
}
