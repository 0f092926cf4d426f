import type { ReactElement } from "react";

/** The page shown for an unknown URL, with status 404. */
export default function NotFound(): ReactElement {
  return (
    <main className="gate">
      <h1>There is no such page</h1>
      <p>
        <a href="/">Go to your tasks</a>
      </p>
    </main>
  );
}
