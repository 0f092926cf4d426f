import { createSigner, createVerifier, TokenError } from "fast-jwt";

/** How long a token is valid, in seconds. It can't be revoked, so this is short. */
export const TOKEN_LIFETIME_SECONDS = 900;

const ISSUER = "todo-chatbot-api";

/** Creates and verifies the tokens of API clients: JWTs, signed with HS256. */
export class Tokens {
  readonly #sign: (payload: { sub: string }) => string;
  readonly #verify: (token: string) => { sub: string };

  /** @param key - the secret that signs the tokens */
  constructor(key: string) {
    this.#sign = createSigner({
      ...{ key, algorithm: "HS256", iss: ISSUER, aud: ISSUER },
      expiresIn: TOKEN_LIFETIME_SECONDS * 1000,
    });
    // Synchronous: handing so little work to another thread takes longer than doing it.
    this.#verify = createVerifier({
      ...{ key, algorithms: ["HS256"], allowedIss: ISSUER, allowedAud: ISSUER },
      requiredClaims: ["sub", "iss", "aud", "exp"],
    });
  }

  /** Returns a new token for a user. */
  create(userId: string): string {
    return this.#sign({ sub: userId });
  }

  /** Returns the id of the token's user, or undefined when the token is invalid or expired. */
  verify(token: string): string | undefined {
    try {
      return this.#verify(token).sub;
    } catch (error) {
      if (error instanceof TokenError) return undefined;
      throw error;
    }
  }
}
