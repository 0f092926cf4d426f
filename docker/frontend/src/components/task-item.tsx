"use client";

import { useState } from "react";
import type { Task, TaskChange } from "../lib/tasks-api.ts";

/** What a line of the list needs. */
export interface TaskItemProps {
  readonly task: Task;
  readonly change: (id: string, change: TaskChange) => Promise<boolean>;
  readonly remove: (id: string) => Promise<void>;
}

/** One task: a box to complete or reopen it, and a button that deletes it. */
export function TaskItem({ task, change, remove }: TaskItemProps) {
  const [busy, setBusy] = useState(false);

  const once = async (action: () => Promise<unknown>): Promise<void> => {
    if (busy) return;
    setBusy(true);
    await action();
    setBusy(false);
  };

  return (
    <li className={task.completed ? "task completed" : "task"} aria-busy={busy}>
      <label>
        <input
          type="checkbox"
          checked={task.completed}
          onChange={() => void once(() => change(task.id, { completed: !task.completed }))}
        />
        <span className="title">{task.title}</span>
      </label>
      <button
        type="button"
        className="delete"
        aria-label={`Delete ${task.title}`}
        onClick={() => void once(() => remove(task.id))}
      >
        Delete
      </button>
    </li>
  );
}
