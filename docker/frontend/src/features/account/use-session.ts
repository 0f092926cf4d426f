"use client";

import { useCallback, useEffect, useState } from "react";
import { onSessionEnded } from "../../lib/api-client.ts";
import { readCurrentUser } from "./account-api.ts";
import type { Session, User } from "./session.ts";

/** Interval between requests for the session while it is unknown, in milliseconds. */
const RETRY_INTERVAL_MS = 5000;

/** The session of the page and the functions that change it. */
export interface SessionState {
  readonly session: Session;
  /** True when the session of the displayed user has ended and the user must sign in again. */
  readonly isExpired: boolean;
  /** How often the user has signed in on this page; 0 when the session existed before. */
  readonly signInCount: number;
  /** A message about the last sign-out. */
  readonly notice: string | undefined;
  readonly handleSignedIn: (user: User) => void;
  readonly handleSignedOut: (notice?: string) => void;
  readonly updateUser: (user: User) => void;
}

/**
 * Keeps track of the signed-in user. The API is asked when the page loads, when its window gets the
 * focus, and every 5 s while the session is unknown.
 */
export function useSession(initialSession: Session): SessionState {
  const [session, setSession] = useState(initialSession);
  const [isExpired, setIsExpired] = useState(false);
  const [signInCount, setSignInCount] = useState(0);
  const [notice, setNotice] = useState<string>();
  const { state } = session;
  const userId = state === "in" ? session.user.id : undefined;

  const handleSignedIn = useCallback((user: User): void => {
    setSession({ state: "in", user });
    setNotice(undefined);
    setIsExpired(false);
    setSignInCount((count) => count + 1);
  }, []);
  const handleSignedOut = useCallback((words?: string): void => {
    setSession({ state: "out" });
    setIsExpired(false);
    setNotice(words);
  }, []);
  const updateUser = useCallback((user: User): void => setSession({ state: "in", user }), []);

  useEffect(() => {
    if (state === "in") return onSessionEnded(() => setIsExpired(true));
    return undefined;
  }, [state]);

  useEffect(() => {
    if (state === "out") return undefined;
    const readSession = async (): Promise<void> => {
      const user = await readCurrentUser().catch(() => null);
      if (user === null) return;
      if (user !== undefined && user.id !== userId) setSession({ state: "in", user });
      else if (user === undefined && state === "in") setIsExpired(true);
      else if (user === undefined) setSession({ state: "out" });
    };
    const refresh = (): void => void readSession();
    refresh();
    // The user may have signed out, or in with another account, in another window.
    window.addEventListener("focus", refresh);
    const timer = state === "unknown" ? setInterval(refresh, RETRY_INTERVAL_MS) : undefined;
    return () => {
      window.removeEventListener("focus", refresh);
      clearInterval(timer);
    };
  }, [state, userId]);

  return {
    session,
    isExpired,
    signInCount,
    notice,
    handleSignedIn,
    handleSignedOut,
    updateUser,
  };
}
