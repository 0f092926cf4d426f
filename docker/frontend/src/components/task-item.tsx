"use client";

import { useEffect, useRef, useState } from "react";
import { dueInWords, today } from "../lib/dates.ts";
import type { Task, TaskFields } from "../lib/tasks-api.ts";
import type { Outcome } from "../lib/use-tasks.ts";
import { TaskEditor } from "./task-editor.tsx";
import { PRIORITIES } from "./task-fields.tsx";

/** What a line of the list needs. */
export interface TaskItemProps {
  readonly task: Task;
  readonly change: (task: Task, change: Partial<TaskFields>) => Promise<Outcome>;
  readonly remove: (task: Task) => Promise<Outcome>;
  readonly complain: (problem: string) => void;
  readonly pickTag: (tag: string) => void;
}

/** One task: a box to complete or reopen it, what is known of it, and buttons to edit and delete it. */
export function TaskItem({ task, change, remove, complain, pickTag }: TaskItemProps) {
  const [busy, setBusy] = useState(false);
  /** What the box shows until the API has confirmed it. */
  const [ticked, setTicked] = useState<boolean>();
  const [editing, setEditing] = useState(false);
  const edit = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);

  useEffect(() => {
    if (wasEditing.current && !editing) edit.current?.focus();
    wasEditing.current = editing;
  }, [editing]);

  const once = async (action: () => Promise<Outcome>): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const outcome = await action();
    setBusy(false);
    setTicked(undefined);
    if (outcome !== "conflict") return;
    complain(
      `“${task.title}” was changed elsewhere in the meantime, so nothing was done to it here. ` +
        "You see it now as it is: look at it, then do it again if it still fits.",
    );
  };

  if (editing) {
    return (
      <li className="task editing">
        <TaskEditor task={task} change={change} close={() => setEditing(false)} />
      </li>
    );
  }
  const day = today();
  const late = task.dueDate !== null && task.dueDate < day && !task.completed;
  const plain = task.priority === "medium" && task.dueDate === null && task.tags.length === 0;
  return (
    <li className={task.completed ? "task completed" : "task"} aria-busy={busy}>
      <div className="what">
        <label>
          <input
            type="checkbox"
            checked={ticked ?? task.completed}
            onChange={() => {
              const completed = !task.completed;
              if (!busy) setTicked(completed);
              void once(() => change(task, { completed }));
            }}
          />
          <span className="title">{task.title}</span>
        </label>
        {task.description !== "" && <p className="description">{task.description}</p>}
        {!plain && (
          <p className="facts row">
            {task.priority !== "medium" && (
              <span className={`priority ${task.priority}`}>
                {PRIORITIES[task.priority]} priority
              </span>
            )}
            {task.dueDate !== null && (
              <span className={late ? "due late" : "due"}>
                {late ? "Overdue: " : "Due "}
                <time dateTime={task.dueDate}>{dueInWords(task.dueDate, day)}</time>
              </span>
            )}
            {task.tags.map((tag) => (
              <button
                key={tag}
                type="button"
                className="tag"
                aria-label={`Show tasks with the tag ${tag}`}
                onClick={() => pickTag(tag)}
              >
                #{tag}
              </button>
            ))}
          </p>
        )}
      </div>
      <div className="row actions">
        <button
          type="button"
          className="plain"
          ref={edit}
          aria-label={`Edit ${task.title}`}
          onClick={() => setEditing(true)}
        >
          Edit
        </button>
        <button
          type="button"
          className="plain"
          aria-label={`Delete ${task.title}`}
          onClick={() => void once(() => remove(task))}
        >
          Delete
        </button>
      </div>
    </li>
  );
}
