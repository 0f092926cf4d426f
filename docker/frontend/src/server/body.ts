/** The largest body that is handed on. It is held in memory, so that it can be sent again. */
export const BODY_LIMIT = 1024 * 1024;

/** A body that can't be handed on, with the status that says so. */
export class BodyError extends Error {
  override readonly name = "BodyError";

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** The request's body as bytes, undefined when there is none. */
export async function readBody(request: Request): Promise<Uint8Array | undefined> {
  if (request.body === null) return undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request.body) {
      size += chunk.byteLength;
      if (size > BODY_LIMIT) {
        throw new BodyError(413, `The request's body is larger than ${BODY_LIMIT} bytes.`);
      }
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof BodyError) throw error;
    throw new BodyError(400, "The request's body ended before it was complete.");
  }
  return Buffer.concat(chunks);
}
