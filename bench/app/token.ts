import { createHmac } from "node:crypto";
import { JWT_SECRET } from "./contenders";

const NAME = "todo-chatbot-api";

/** Returns a token as the backend issues them, valid for an hour. Both servers accept it. */
export function tokenFor(userId: string, secret = JWT_SECRET): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = { sub: userId, iss: NAME, aud: NAME, iat: now, exp: now + 3600 };
  const text = `${part({ alg: "HS256" })}.${part(claims)}`;
  return `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
}

function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
