"use client";

import { type ReactElement, type ReactNode, useState } from "react";
import { errorMessage } from "../lib/error-message.ts";
import { ProblemNotice } from "./problem-notice.tsx";

/** The props of a SubmitForm. */
export interface SubmitFormProps {
  /** The text of the submit button. */
  readonly label: string;
  /** The look of the submit button; "primary" by default. */
  readonly variant?: "primary" | "secondary" | "danger";
  /** Runs on submit. May return a success message. An error is displayed, and all input is kept. */
  readonly onSubmit: () => Promise<string | undefined>;
  /** The fields. */
  readonly children: ReactNode;
}

/** A form with one button. It shows the result of submitting and ignores a submit while one runs. */
export function SubmitForm({
  label,
  variant = "primary",
  onSubmit,
  children,
}: SubmitFormProps): ReactElement {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [notice, setNotice] = useState<string>();

  const submit = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    setNotice(undefined);
    try {
      setNotice(await onSubmit());
    } catch (error) {
      setProblem(errorMessage(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    // The method keeps a password out of the URL if the form is sent before the script has loaded.
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
      {problem !== undefined && <ProblemNotice text={problem} />}
      <div className="send">
        <button type="submit" className={variant} aria-disabled={busy}>
          {label}
        </button>
        <p className="notice" role="status">
          {notice}
        </p>
      </div>
    </form>
  );
}
