"use client";

import { type ReactElement, useEffect, useRef, useState } from "react";
import { errorMessage } from "../../lib/error-message.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { signOut } from "../account/account-api.ts";
import { AccountDialog } from "../account/account-dialog.tsx";
import type { User } from "../account/session.ts";
import { ChatPanel } from "../chat/chat-panel.tsx";
import { TaskBoard } from "../tasks/task-board.tsx";
import { useTaskList } from "../tasks/use-task-list.ts";
import { useTaskQuery } from "../tasks/use-task-query.ts";

/** The props of the Workspace. */
export interface WorkspaceProps {
  readonly user: User;
  /** Increases when the user signs in again after the session has ended. */
  readonly signInCount: number;
  readonly onUserChange: (user: User) => void;
  /** Called when the user has signed out, with a message for the user. */
  readonly onSignedOut: (notice?: string) => void;
}

const viewLabels = { tasks: "Tasks", chat: "Chat" } as const;

type View = keyof typeof viewLabels;

const views = Object.keys(viewLabels) as readonly View[];

/** The page of a signed-in user: tasks and chat, side by side or one at a time on a small screen. */
export function Workspace({
  user,
  signInCount,
  onUserChange,
  onSignedOut,
}: WorkspaceProps): ReactElement {
  const [query, setQuery] = useTaskQuery();
  const list = useTaskList(query);
  const { reload } = list;
  const [currentView, setCurrentView] = useState<View>("tasks");
  const [isAccountOpen, setIsAccountOpen] = useState(false);
  const [problem, setProblem] = useState<string>();
  const heading = useRef<HTMLHeadingElement>(null);

  // The sign-in form that had the focus is gone. Keyboard users must not lose their place.
  useEffect(() => {
    if (signInCount > 0 && document.activeElement === document.body) heading.current?.focus();
  }, [signInCount]);
  useEffect(() => {
    if (signInCount > 0) void reload();
  }, [signInCount, reload]);

  const handleSignOut = async (): Promise<void> => {
    try {
      await signOut();
      onSignedOut("You are signed out.");
    } catch (error) {
      setProblem(`You are still signed in. ${errorMessage(error)}`);
    }
  };

  return (
    <>
      <header className="top bar">
        <h1 ref={heading} tabIndex={-1}>
          Todo
        </h1>
        <div className="row">
          <button
            type="button"
            className="who"
            aria-haspopup="dialog"
            onClick={() => setIsAccountOpen(true)}
          >
            <span className="visually-hidden">Account of </span>
            <span className="name">{user.name}</span>
          </button>
          <button type="button" onClick={() => void handleSignOut()}>
            Sign out
          </button>
        </div>
      </header>
      {problem !== undefined && <ProblemNotice text={problem} />}
      <nav className="views" aria-label="Views">
        {views.map((view) => (
          <button
            key={view}
            type="button"
            aria-current={view === currentView ? "page" : undefined}
            onClick={() => setCurrentView(view)}
          >
            {viewLabels[view]}
          </button>
        ))}
      </nav>
      <main className="workspace" data-view={currentView}>
        <TaskBoard list={list} query={query} setQuery={setQuery} />
        <ChatPanel signInCount={signInCount} onTasksChanged={() => void reload()} />
      </main>
      {isAccountOpen && (
        <AccountDialog
          user={user}
          onUserChange={onUserChange}
          onSignedOut={onSignedOut}
          onClose={() => setIsAccountOpen(false)}
        />
      )}
    </>
  );
}
