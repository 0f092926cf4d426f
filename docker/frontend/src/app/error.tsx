"use client";

import { Problem } from "../components/problem.tsx";

/** What is shown when the page itself has failed. */
export default function ErrorPage({ reset }: { readonly reset: () => void }) {
  return (
    <main className="gate">
      <h1>Todo</h1>
      <Problem text="Something on this page went wrong. What was saved is safe.">
        <button type="button" onClick={reset}>
          Try again
        </button>
      </Problem>
    </main>
  );
}
