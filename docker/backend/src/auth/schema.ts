/** The JSON schemas of /api/auth, which also say what of Better Auth is there at all. */

const email = { type: "string", format: "email", maxLength: 254 } as const;
const password = { type: "string", minLength: 1, maxLength: 128 } as const;
const newPassword = { ...password, minLength: 8 } as const;
const name = {
  type: "string",
  minLength: 1,
  maxLength: 100,
  pattern: "^[^\\u0000-\\u001f\\u007f]*[^\\s\\u0000-\\u001f\\u007f][^\\u0000-\\u001f\\u007f]*$",
} as const;

const body = (properties: Record<string, unknown>, required: readonly string[]) => ({
  type: "object",
  additionalProperties: false,
  required,
  properties,
});

/** One address below /api/auth. */
export interface AuthRoute {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly summary: string;
  /** Works without being signed in. */
  readonly open: boolean;
  /** Takes a password, so somebody could use it to guess one. */
  readonly takesPassword: boolean;
  /** Takes the password of whatever account it names. */
  readonly signsIn?: boolean;
  readonly body?: object;
}

/** Everything that is let through to Better Auth. */
export const authRoutes: readonly AuthRoute[] = [
  {
    method: "POST",
    path: "/sign-up/email",
    summary: "Make an account, and sign in",
    open: true,
    takesPassword: true,
    body: body({ name, email, password: newPassword }, ["name", "email", "password"]),
  },
  {
    method: "POST",
    path: "/sign-in/email",
    summary: "Sign in",
    open: true,
    takesPassword: true,
    signsIn: true,
    body: body({ email, password, rememberMe: { type: "boolean" } }, ["email", "password"]),
  },
  {
    method: "POST",
    path: "/sign-out",
    summary: "Sign out",
    open: true,
    takesPassword: false,
  },
  {
    method: "GET",
    path: "/get-session",
    summary: "Who is signed in, or null",
    open: true,
    takesPassword: false,
  },
  {
    method: "POST",
    path: "/update-user",
    summary: "Change the name",
    open: false,
    takesPassword: false,
    body: body({ name }, ["name"]),
  },
  {
    method: "POST",
    path: "/change-password",
    summary: "Change the password",
    open: false,
    takesPassword: true,
    body: body(
      { currentPassword: password, newPassword, revokeOtherSessions: { type: "boolean" } },
      ["currentPassword", "newPassword"],
    ),
  },
  {
    method: "POST",
    path: "/revoke-sessions",
    summary: "Sign out everywhere",
    open: false,
    takesPassword: false,
  },
  {
    method: "POST",
    path: "/delete-user",
    summary: "Delete the account with everything in it",
    open: false,
    takesPassword: true,
    body: body({ password }, ["password"]),
  },
];
