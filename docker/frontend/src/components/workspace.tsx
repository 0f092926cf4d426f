"use client";

import { useEffect, useRef, useState } from "react";
import { signOut } from "../lib/accounts-api.ts";
import { messageOf } from "../lib/api.ts";
import type { User } from "../lib/session.ts";
import { useTaskQuery } from "../lib/use-task-query.ts";
import { useTasks } from "../lib/use-tasks.ts";
import { AccountDialog } from "./account-dialog.tsx";
import { ChatPanel } from "./chat-panel.tsx";
import { Problem } from "./problem.tsx";
import { TaskBoard } from "./task-board.tsx";

/** What the page of somebody who is signed in needs. */
export interface WorkspaceProps {
  readonly user: User;
  /** Rises when the user has signed in again after the session had ended. */
  readonly returns: number;
  readonly change: (user: User) => void;
  readonly leave: (words?: string) => void;
}

/** The tasks and the chat: side by side, or one at a time where there is no room. */
export function Workspace({ user, returns, change, leave }: WorkspaceProps) {
  const [query, setQuery] = useTaskQuery();
  const list = useTasks(query);
  const { reload } = list;
  const [view, setView] = useState<"tasks" | "chat">("tasks");
  const [account, setAccount] = useState(false);
  const [problem, setProblem] = useState<string>();
  const top = useRef<HTMLHeadingElement>(null);

  // The form that had the focus is gone, and the keyboard must not be lost with it.
  useEffect(() => {
    if (returns > 0 && document.activeElement === document.body) top.current?.focus();
  }, [returns]);
  useEffect(() => {
    if (returns > 0) void reload();
  }, [returns, reload]);

  const goodbye = async (): Promise<void> => {
    try {
      await signOut();
      leave("You are signed out.");
    } catch (error) {
      setProblem(`You are still signed in. ${messageOf(error)}`);
    }
  };

  return (
    <>
      <header className="top bar">
        <h1 ref={top} tabIndex={-1}>
          Todo
        </h1>
        <div className="row">
          <button
            type="button"
            className="who"
            aria-haspopup="dialog"
            onClick={() => setAccount(true)}
          >
            <span className="visually-hidden">Account of </span>
            <span className="name">{user.name}</span>
          </button>
          <button type="button" onClick={() => void goodbye()}>
            Sign out
          </button>
        </div>
      </header>
      {problem !== undefined && <Problem text={problem} />}
      <nav className="views" aria-label="Views">
        {(["tasks", "chat"] as const).map((one) => (
          <button
            key={one}
            type="button"
            aria-current={view === one ? "page" : undefined}
            onClick={() => setView(one)}
          >
            {one === "tasks" ? "Tasks" : "Chat"}
          </button>
        ))}
      </nav>
      <main className="workspace" data-view={view}>
        <TaskBoard list={list} query={query} setQuery={setQuery} />
        <ChatPanel returns={returns} tasksChanged={() => void reload()} />
      </main>
      {account && (
        <AccountDialog user={user} change={change} leave={leave} close={() => setAccount(false)} />
      )}
    </>
  );
}
