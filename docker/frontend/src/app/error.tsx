"use client";

import type { ReactElement } from "react";
import { ProblemNotice } from "../ui/problem-notice.tsx";

/** The props that Next.js passes to an error page. */
interface ErrorPageProps {
  /** Renders the failed page again. */
  readonly reset: () => void;
}

/** The page shown when rendering failed. */
export default function ErrorPage({ reset }: ErrorPageProps): ReactElement {
  return (
    <main className="gate">
      <h1>Todo</h1>
      <ProblemNotice text="Something on this page went wrong. What was saved is safe.">
        <button type="button" onClick={reset}>
          Try again
        </button>
      </ProblemNotice>
    </main>
  );
}
