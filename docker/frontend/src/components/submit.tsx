"use client";

import { type ReactNode, useState } from "react";
import { messageOf } from "../lib/api.ts";
import { Problem } from "./problem.tsx";

/** What a form that is sent as a whole needs. */
export interface SubmitProps {
  readonly label: string;
  readonly className?: string;
  /** What sending does, and what is to be said then. What it throws is shown; nothing typed is lost. */
  readonly action: () => Promise<string | undefined>;
  /** The fields. */
  readonly children: ReactNode;
}

/** A form with one button, which says what went wrong and can be sent only once at a time. */
export function SubmitForm({ label, className = "primary", action, children }: SubmitProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [notice, setNotice] = useState<string>();

  const submit = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    setNotice(undefined);
    try {
      setNotice(await action());
    } catch (error) {
      setProblem(messageOf(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    // Should somebody send it before the page's script runs, a password must not end up in an address.
    <form
      className="stack"
      method="post"
      aria-busy={busy}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {children}
      {problem !== undefined && <Problem text={problem} />}
      <div className="send">
        <button type="submit" className={className} aria-disabled={busy}>
          {label}
        </button>
        <p className="notice" role="status">
          {notice}
        </p>
      </div>
    </form>
  );
}
