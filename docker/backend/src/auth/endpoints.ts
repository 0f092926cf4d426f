import type { TSchema } from "typebox";
import {
  changePasswordBody,
  deleteUserBody,
  signInBody,
  signUpBody,
  updateUserBody,
} from "./schemas.ts";

/** An endpoint of Better Auth. */
export interface AuthEndpoint {
  readonly method: "GET" | "POST";
  /** Its path below /api/auth. */
  readonly path: string;
  readonly summary: string;
  /** Works without signing in. */
  readonly open?: boolean;
  /** Takes a password, so it could be used to guess one. */
  readonly takesPassword?: boolean;
  /** Takes the password of the account that the body names. */
  readonly signsIn?: boolean;
  readonly body?: TSchema;
}

/** The endpoints of Better Auth that this application exposes. */
export const authEndpoints: readonly AuthEndpoint[] = [
  {
    method: "POST",
    path: "/sign-up/email",
    summary: "Create an account and sign in",
    open: true,
    takesPassword: true,
    body: signUpBody,
  },
  {
    method: "POST",
    path: "/sign-in/email",
    summary: "Sign in",
    open: true,
    takesPassword: true,
    signsIn: true,
    body: signInBody,
  },
  { method: "POST", path: "/sign-out", summary: "Sign out", open: true },
  { method: "GET", path: "/get-session", summary: "Return the session, or null", open: true },
  { method: "POST", path: "/update-user", summary: "Change the name", body: updateUserBody },
  {
    method: "POST",
    path: "/change-password",
    summary: "Change the password",
    takesPassword: true,
    body: changePasswordBody,
  },
  { method: "POST", path: "/revoke-sessions", summary: "Sign out everywhere" },
  {
    method: "POST",
    path: "/delete-user",
    summary: "Delete the account with everything in it",
    takesPassword: true,
    body: deleteUserBody,
  },
];
