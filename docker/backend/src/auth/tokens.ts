import { createSigner, createVerifier, TokenError } from "fast-jwt";

/** How long a token is good for, in seconds: it can't be called back, so not for long. */
export const TOKEN_SECONDS = 900;

const ISSUER = "todo-chatbot-api";

/** Makes and checks the tokens of API clients: JWTs, signed with HS256. */
export class Tokens {
  readonly #sign: (payload: { sub: string }) => string;
  readonly #verify: (token: string) => { sub: string };

  constructor(key: string) {
    this.#sign = createSigner({
      ...{ key, algorithm: "HS256", iss: ISSUER, aud: ISSUER },
      expiresIn: TOKEN_SECONDS * 1000,
    });
    // At once, on this thread: to hand so little work to another one takes longer than to do it.
    this.#verify = createVerifier({
      ...{ key, algorithms: ["HS256"], allowedIss: ISSUER, allowedAud: ISSUER },
      requiredClaims: ["sub", "iss", "aud", "exp"],
    });
  }

  /** A token that stands for a user. */
  create(userId: string): string {
    return this.#sign({ sub: userId });
  }

  /** The id of the user that a token stands for; undefined when it isn't ours, or has ended. */
  user(token: string): string | undefined {
    try {
      return this.#verify(token).sub;
    } catch (error) {
      if (error instanceof TokenError) return undefined;
      throw error;
    }
  }
}
