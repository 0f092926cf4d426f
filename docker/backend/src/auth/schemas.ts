import { Type } from "typebox";
import { singleLine } from "../lib/schemas.ts";

const name = singleLine(100);
const email = Type.String({ format: "email", maxLength: 254 });
const password = Type.String({ minLength: 1, maxLength: 128 });
const newPassword = Type.String({ minLength: 8, maxLength: 128 });
const closed = { additionalProperties: false };

/** The body of POST /api/auth/sign-up/email. */
export const signUpBody = Type.Object({ name, email, password: newPassword }, closed);

/** The body of POST /api/auth/sign-in/email. */
export const signInBody = Type.Object(
  { email, password, rememberMe: Type.Optional(Type.Boolean()) },
  closed,
);

/** The body of POST /api/auth/update-user. */
export const updateUserBody = Type.Object({ name }, closed);

/** The body of POST /api/auth/change-password. */
export const changePasswordBody = Type.Object(
  {
    currentPassword: password,
    newPassword,
    revokeOtherSessions: Type.Optional(Type.Boolean()),
  },
  closed,
);

/** The body of POST /api/auth/delete-user. */
export const deleteUserBody = Type.Object({ password }, closed);

/** The answer of GET /api/me. */
export const meAnswer = Type.Object({
  user: Type.Object({
    id: Type.String(),
    name: Type.String(),
    email: Type.String(),
    createdAt: Type.String(),
  }),
});

/** The answer of POST /api/token. */
export const tokenAnswer = Type.Object({
  token: Type.String(),
  tokenType: Type.String(),
  expiresIn: Type.Integer(),
});
