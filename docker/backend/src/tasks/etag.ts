import { DomainError } from "../errors.ts";

/** Returns the ETag of a task's version. */
export function etag(version: number): string {
  return `"${version}"`;
}

const entityTag = /^(?:W\/)?"([^"]*)"$/;

/**
 * Returns the versions that an If-Match header names (RFC 9110, 13.1.1), or undefined when it
 * accepts any version. Weak tags and tags that are not a version match nothing, so they are left
 * out.
 *
 * @throws DomainError (`invalid-input`) when the header is not a list of entity tags
 */
export function parseIfMatch(header: string | undefined): readonly number[] | undefined {
  if (header === undefined || header.trim() === "*") return undefined;
  return header.split(",").flatMap((part) => {
    const found = entityTag.exec(part.trim());
    if (found === null) {
      throw new DomainError(
        "invalid-input",
        'If-Match is not valid: expected the ETag of a task, such as "3".',
      );
    }
    const [tag, version = ""] = found;
    return !tag.startsWith("W/") && /^\d{1,9}$/.test(version) ? [Number(version)] : [];
  });
}
