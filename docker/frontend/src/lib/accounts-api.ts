import { ApiError, ask } from "./api.ts";
import type { User } from "./session.ts";

/** The shortest and the longest password that the API takes. */
export const PASSWORD_MIN = 8;
export const PASSWORD_MAX = 128;

/** What Better Auth refuses, in our words. */
const WORDS: Readonly<Record<string, string>> = {
  INVALID_EMAIL_OR_PASSWORD: "The email address or the password is wrong.",
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL:
    "There is an account with this email address already. Sign in, or take another address.",
  USER_ALREADY_EXISTS:
    "There is an account with this email address already. Sign in, or take another address.",
  INVALID_EMAIL: "This is not an email address.",
  INVALID_PASSWORD: "The password is wrong.",
  PASSWORD_TOO_SHORT: `The password needs ${PASSWORD_MIN} characters or more.`,
  PASSWORD_TOO_LONG: `The password can have ${PASSWORD_MAX} characters at most.`,
  SESSION_EXPIRED: "You signed in long ago. Sign out and in again, then repeat this.",
};

async function post(path: string, body?: unknown): Promise<unknown> {
  try {
    return await ask({ method: "POST", path: `/api/auth/${path}`, body });
  } catch (error) {
    if (!(error instanceof ApiError) || error.code === undefined) throw error;
    const { status, code, retryAfter } = error;
    throw new ApiError(WORDS[code] ?? error.message, status, code, retryAfter);
  }
}

const userOf = (answer: unknown): User => {
  const { id, name, email } = (answer as { user: User }).user;
  return { id, name, email };
};

/** Makes an account, and is signed in to it. */
export async function signUp(name: string, email: string, password: string): Promise<User> {
  return userOf(await post("sign-up/email", { name, email, password }));
}

/** Signs in; `rememberMe` keeps the session when the browser is closed. */
export async function signIn(email: string, password: string, rememberMe: boolean): Promise<User> {
  return userOf(await post("sign-in/email", { email, password, rememberMe }));
}

/** Signs out. A session that has ended already counts as that. */
export async function signOut(): Promise<void> {
  try {
    await post("sign-out");
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 401)) throw error;
  }
}

/** Who is signed in, or undefined. Also keeps the session from ending while it is used. */
export async function currentUser(): Promise<User | undefined> {
  const answer = await ask({ method: "GET", path: "/api/auth/get-session" });
  return answer === null ? undefined : userOf(answer);
}

/** Changes the name. */
export async function rename(name: string): Promise<void> {
  await post("update-user", { name });
}

/** Changes the password, and signs out everywhere else. */
export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  await post("change-password", { currentPassword, newPassword, revokeOtherSessions: true });
}

/** Ends all sessions of this account, also this one. */
export async function signOutEverywhere(): Promise<void> {
  await post("revoke-sessions");
}

/** Deletes the account and all that belongs to it. */
export async function deleteAccount(password: string): Promise<void> {
  await post("delete-user", { password });
}
