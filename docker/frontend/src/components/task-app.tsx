"use client";

import { useRef } from "react";
import { useTasks } from "../lib/use-tasks.ts";
import { NewTaskForm } from "./new-task-form.tsx";
import { TaskItem } from "./task-item.tsx";

/** The list, the form above it, and what there is to say about them. */
export function TaskApp() {
  const { tasks, problem, notice, add, change, remove, reload } = useTasks();
  const input = useRef<HTMLInputElement>(null);
  const done = tasks?.filter((task) => task.completed).length ?? 0;

  const removeAndMoveOn = async (id: string): Promise<void> => {
    // The button that had the focus is gone with its task; the keyboard must not be lost with it.
    if (await remove(id)) input.current?.focus();
  };

  return (
    <>
      <NewTaskForm input={input} add={add} />
      {problem !== undefined && (
        <div className="problem" role="alert">
          <p>{problem}</p>
          <button type="button" onClick={() => void reload()}>
            Try again
          </button>
        </div>
      )}
      {tasks === undefined && problem === undefined && (
        <p className="notice" role="status">
          Loading the list…
        </p>
      )}
      {tasks?.length === 0 && <p className="notice">Nothing to do. Add the first task above.</p>}
      {tasks !== undefined && tasks.length > 0 && (
        <section aria-labelledby="count">
          <h2 id="count">
            {done} of {tasks.length} done
          </h2>
          <ul className="tasks">
            {tasks.map((task) => (
              <TaskItem key={task.id} task={task} change={change} remove={removeAndMoveOn} />
            ))}
          </ul>
        </section>
      )}
      <p className="visually-hidden" role="status">
        {notice}
      </p>
    </>
  );
}
