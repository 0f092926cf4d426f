"use client";

import { useCallback, useEffect, useState } from "react";
import { currentUser } from "../lib/accounts-api.ts";
import { onSessionEnded } from "../lib/api.ts";
import type { Session, User } from "../lib/session.ts";
import { useOnline } from "../lib/use-online.ts";
import { Dialog } from "./dialog.tsx";
import { Problem } from "./problem.tsx";
import { SignInForm } from "./sign-in-form.tsx";
import { Workspace } from "./workspace.tsx";

/** How often it is asked who is signed in, while the API doesn't say. */
const RETRY_MS = 5000;

/** The whole page: what is shown depends on who is signed in. */
export function App({ initial }: { readonly initial: Session }) {
  const [session, setSession] = useState(initial);
  /** The session of the user whose page this is has ended. */
  const [ended, setEnded] = useState(false);
  /** Counts the times that this user has come back. */
  const [returns, setReturns] = useState(0);
  const [farewell, setFarewell] = useState<string>();
  const online = useOnline();
  const { state } = session;
  const userId = state === "in" ? session.user.id : undefined;

  const enter = useCallback((user: User): void => {
    setSession({ state: "in", user });
    setFarewell(undefined);
    setEnded(false);
    setReturns((count) => count + 1);
  }, []);
  const leave = useCallback((words?: string): void => {
    setSession({ state: "out" });
    setEnded(false);
    setFarewell(words);
  }, []);

  useEffect(() => {
    if (state === "in") return onSessionEnded(() => setEnded(true));
    return undefined;
  }, [state]);

  useEffect(() => {
    if (state === "out") return undefined;
    const look = async (): Promise<void> => {
      const user = await currentUser().catch(() => null);
      if (user === null) return;
      if (user !== undefined && user.id !== userId) setSession({ state: "in", user });
      else if (user === undefined && state === "in") setEnded(true);
      else if (user === undefined) setSession({ state: "out" });
    };
    const refresh = (): void => void look();
    refresh();
    // Another window may have signed out, or in as somebody else.
    window.addEventListener("focus", refresh);
    const timer = state === "unknown" ? setInterval(refresh, RETRY_MS) : undefined;
    return () => {
      window.removeEventListener("focus", refresh);
      clearInterval(timer);
    };
  }, [state, userId]);

  return (
    <>
      {!online && (
        <p className="offline" role="status">
          You are offline. What you see may be old, and changes have to wait.
        </p>
      )}
      {session.state === "in" && (
        <Workspace
          key={session.user.id}
          user={session.user}
          returns={returns}
          change={(user) => setSession({ state: "in", user })}
          leave={leave}
        />
      )}
      {session.state === "out" && (
        <main className="gate">
          <h1>Todo</h1>
          <p>A list of things to do, and a chat that keeps it for you.</p>
          {farewell !== undefined && (
            <p className="notice" role="status">
              {farewell}
            </p>
          )}
          <SignInForm canSignUp enter={enter} />
        </main>
      )}
      {session.state === "unknown" && (
        <main className="gate">
          <h1>Todo</h1>
          <Problem text="Your tasks can't be reached right now. This page tries again by itself." />
        </main>
      )}
      {ended && session.state === "in" && (
        <Dialog title="Sign in again">
          <p>Your session has ended. Nothing that you have typed is lost.</p>
          <SignInForm email={session.user.email} canSignUp={false} enter={enter} />
          <p className="row">
            <button type="button" onClick={() => leave()}>
              Leave, and drop what is not saved
            </button>
          </p>
        </Dialog>
      )}
    </>
  );
}
