import { headers } from "next/headers";
import type { ReactElement } from "react";
import { TodoApp } from "../features/workspace/todo-app.tsx";
import { serverEnvironment } from "../server/environment.ts";
import { readSession } from "../server/session.ts";

/** The only page: tasks and chat for a signed-in user, the sign-in form otherwise. */
export default async function Page(): Promise<ReactElement> {
  return (
    <>
      <noscript>
        <p className="offline">This page needs JavaScript to show and change the list.</p>
      </noscript>
      <TodoApp initialSession={await readSession(await headers(), serverEnvironment())} />
    </>
  );
}
