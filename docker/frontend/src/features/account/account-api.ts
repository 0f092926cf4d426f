import { ApiError, requestJson } from "../../lib/api-client.ts";
import type { User } from "./session.ts";

/** Minimum length of a password that the API accepts. */
export const MIN_PASSWORD_LENGTH = 8;

/** Maximum length of a password that the API accepts. */
export const MAX_PASSWORD_LENGTH = 128;

const ACCOUNT_EXISTS_MESSAGE =
  "There is an account with this email address already. Sign in, or take another address.";

/** Messages for Better Auth's error codes. */
const errorMessages: Readonly<Record<string, string>> = {
  INVALID_EMAIL_OR_PASSWORD: "The email address or the password is wrong.",
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: ACCOUNT_EXISTS_MESSAGE,
  USER_ALREADY_EXISTS: ACCOUNT_EXISTS_MESSAGE,
  INVALID_EMAIL: "This is not an email address.",
  INVALID_PASSWORD: "The password is wrong.",
  PASSWORD_TOO_SHORT: `The password needs ${MIN_PASSWORD_LENGTH} characters or more.`,
  PASSWORD_TOO_LONG: `The password can have ${MAX_PASSWORD_LENGTH} characters at most.`,
  SESSION_EXPIRED: "You signed in long ago. Sign out and in again, then repeat this.",
};

async function post(path: string, body?: unknown): Promise<unknown> {
  try {
    return await requestJson({ method: "POST", path: `/api/auth/${path}`, body });
  } catch (error) {
    if (!(error instanceof ApiError) || error.code === undefined) throw error;
    const { message, status, code, retryAfter } = error;
    throw new ApiError(errorMessages[code] ?? message, status, code, retryAfter);
  }
}

function toUser(answer: unknown): User {
  const { id, name, email } = (answer as { user: User }).user;
  return { id, name, email };
}

/** Creates an account and signs in to it. */
export async function signUp(name: string, email: string, password: string): Promise<User> {
  return toUser(await post("sign-up/email", { name, email, password }));
}

/** Signs in. With `rememberMe`, the session survives the end of the browser session. */
export async function signIn(email: string, password: string, rememberMe: boolean): Promise<User> {
  return toUser(await post("sign-in/email", { email, password, rememberMe }));
}

/** Signs out. Succeeds too when the session has already ended. */
export async function signOut(): Promise<void> {
  try {
    await post("sign-out");
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 401)) throw error;
  }
}

/** Returns the signed-in user or undefined. The request also extends the session. */
export async function readCurrentUser(): Promise<User | undefined> {
  const answer = await requestJson({ method: "GET", path: "/api/auth/get-session" });
  return answer === null ? undefined : toUser(answer);
}

/** Changes the user's name. */
export async function changeName(name: string): Promise<void> {
  await post("update-user", { name });
}

/** Changes the password and ends all other sessions. */
export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  await post("change-password", { currentPassword, newPassword, revokeOtherSessions: true });
}

/** Ends all sessions of the account, including this one. */
export async function signOutEverywhere(): Promise<void> {
  await post("revoke-sessions");
}

/** Deletes the account with its tasks and conversations. */
export async function deleteAccount(password: string): Promise<void> {
  await post("delete-user", { password });
}
