/** Maximum size of a request body in bytes. Bodies are kept in memory for retries. */
export const MAX_BODY_BYTES = 1024 * 1024;

/** Error for a request body that can't be forwarded. */
export class RequestBodyError extends Error {
  override readonly name = "RequestBodyError";

  constructor(
    /** HTTP status of the answer to the browser. */
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Reads the body of a request, or returns undefined when it has none. Throws a RequestBodyError when
 * the body is too large or incomplete.
 */
export async function readRequestBody(request: Request): Promise<Uint8Array | undefined> {
  if (request.body === null) return undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request.body) {
      size += chunk.byteLength;
      if (size > MAX_BODY_BYTES) {
        throw new RequestBodyError(
          413,
          `The request's body is larger than ${MAX_BODY_BYTES} bytes.`,
        );
      }
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof RequestBodyError) throw error;
    throw new RequestBodyError(400, "The request's body ended before it was complete.");
  }
  return Buffer.concat(chunks);
}
