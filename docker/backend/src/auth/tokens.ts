import { errors, jwtVerify, SignJWT } from "jose";

/** How long a token is good for, in seconds: it can't be called back, so not for long. */
export const TOKEN_SECONDS = 900;

const ISSUER = "todo-chatbot-api";

/** Makes and checks the tokens of API clients: JWTs, signed with HS256. */
export class Tokens {
  readonly #key: Uint8Array;

  constructor(secret: string) {
    this.#key = new TextEncoder().encode(secret);
  }

  /** A token that stands for a user. */
  create(userId: string): Promise<string> {
    return new SignJWT()
      .setProtectedHeader({ alg: "HS256" })
      .setSubject(userId)
      .setIssuer(ISSUER)
      .setAudience(ISSUER)
      .setIssuedAt()
      .setExpirationTime(`${TOKEN_SECONDS} s`)
      .sign(this.#key);
  }

  /** The id of the user that a token stands for; undefined when it isn't ours, or has ended. */
  async user(token: string): Promise<string | undefined> {
    try {
      const { payload } = await jwtVerify(token, this.#key, {
        algorithms: ["HS256"],
        issuer: ISSUER,
        audience: ISSUER,
        requiredClaims: ["sub", "exp"],
      });
      return payload.sub;
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  }
}
