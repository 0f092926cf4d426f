"use client";

import type { ReactElement } from "react";
import { Dialog } from "../../ui/dialog.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import type { Session } from "../account/session.ts";
import { SignInForm } from "../account/sign-in-form.tsx";
import { useSession } from "../account/use-session.ts";
import { useOnline } from "./use-online.ts";
import { Workspace } from "./workspace.tsx";

/** The props of the TodoApp. */
export interface TodoAppProps {
  /** The session that the server has read for this request. */
  readonly initialSession: Session;
}

/**
 * The whole page: the workspace of a signed-in user, the sign-in form, or a notice while the session
 * is unknown. A session that ends is a dialog over the workspace, so that no input is lost.
 */
export function TodoApp({ initialSession }: TodoAppProps): ReactElement {
  const { session, isExpired, signInCount, notice, handleSignedIn, handleSignedOut, updateUser } =
    useSession(initialSession);
  const online = useOnline();

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
          signInCount={signInCount}
          onUserChange={updateUser}
          onSignedOut={handleSignedOut}
        />
      )}
      {session.state === "out" && (
        <main className="gate">
          <h1>Todo</h1>
          <p>A list of things to do, and a chat that keeps it for you.</p>
          {notice !== undefined && (
            <p className="notice" role="status">
              {notice}
            </p>
          )}
          <SignInForm canSignUp onSignedIn={handleSignedIn} />
        </main>
      )}
      {session.state === "unknown" && (
        <main className="gate">
          <h1>Todo</h1>
          <ProblemNotice text="Your tasks can't be reached right now. This page tries again by itself." />
        </main>
      )}
      {isExpired && session.state === "in" && (
        <Dialog title="Sign in again">
          <p>Your session has ended. Nothing that you have typed is lost.</p>
          <SignInForm
            initialEmail={session.user.email}
            canSignUp={false}
            onSignedIn={handleSignedIn}
          />
          <p className="row">
            <button type="button" onClick={() => handleSignedOut()}>
              Leave, and drop what is not saved
            </button>
          </p>
        </Dialog>
      )}
    </>
  );
}
