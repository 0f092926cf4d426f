import { TaskApp } from "../components/task-app.tsx";

/** The only page: the list of tasks. */
export default function Page() {
  return (
    <main>
      <h1>Todo</h1>
      <noscript>
        <p className="notice">This page needs JavaScript to show and change the list.</p>
      </noscript>
      <TaskApp />
    </main>
  );
}
