import type { Json } from "../../protocol/values";
import { isJsonObject, text } from "./json-fields";

/** The API server can't be reached, or kubectl can't determine how to reach it. */
export class Unreachable extends Error {}

/** The API server answered with an error. */
export class ApiError extends Error {
  /**
   * @param code the HTTP status.
   * @param reason the API's identifier of the error, such as `AlreadyExists`; may be empty.
   * @param resource the plural of the kind that it is about, such as `namespaces`; may be empty.
   */
  constructor(
    readonly code: number,
    readonly reason: string,
    message: string,
    readonly resource: string,
  ) {
    super(message);
  }
}

/** Returns the error for an HTTP response that is not a success. */
export function errorFrom(status: number, body: string): ApiError | Unreachable {
  let answer: Json | undefined;
  try {
    answer = JSON.parse(body) as Json;
  } catch {
    answer = undefined;
  }
  if (isJsonObject(answer) && answer.kind === "Status") {
    const reason = text(answer, "reason");
    return new ApiError(status, reason, text(answer, "message"), text(answer, "details", "kind"));
  }
  // The proxy itself answers so when it can't reach the API server.
  if (status >= 502) return new Unreachable(body.trim());
  return new ApiError(status, "", body.trim() === "" ? `HTTP status ${status}` : body.trim(), "");
}
