"use client";

import { type ReactElement, useEffect, useRef, useState } from "react";
import { formatDate, today } from "../../lib/dates.ts";
import { TagButton } from "./tag-button.tsx";
import { TaskEditor } from "./task-editor.tsx";
import { priorityLabels } from "./task-query.ts";
import type { Task, TaskFields } from "./tasks-api.ts";
import type { ChangeResult } from "./use-task-list.ts";

/** The props of a TaskItem. */
export interface TaskItemProps {
  readonly task: Task;
  readonly onChange: (task: Task, changes: Partial<TaskFields>) => Promise<ChangeResult>;
  readonly onRemove: (task: Task) => Promise<ChangeResult>;
  /** Called when an action was not carried out because the task had changed. */
  readonly onConflict: (problem: string) => void;
  /** Called with the tag that the user has clicked. */
  readonly onTagClick: (tag: string) => void;
}

/** One task of the list: a checkbox to complete it, its details, and buttons to edit and delete it. */
export function TaskItem({
  task,
  onChange,
  onRemove,
  onConflict,
  onTagClick,
}: TaskItemProps): ReactElement {
  const [busy, setBusy] = useState(false);
  /** The state of the checkbox until the API has confirmed it. */
  const [pendingCompleted, setPendingCompleted] = useState<boolean>();
  const [editing, setEditing] = useState(false);
  const editButton = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);

  useEffect(() => {
    if (wasEditing.current && !editing) editButton.current?.focus();
    wasEditing.current = editing;
  }, [editing]);

  const run = async (action: () => Promise<ChangeResult>): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const result = await action();
    setBusy(false);
    setPendingCompleted(undefined);
    if (result !== "conflict") return;
    onConflict(
      `“${task.title}” has changed in the meantime, so nothing was done to it here. ` +
        "You see it now as it is: look at it, then do it again if it still fits.",
    );
  };

  if (editing) {
    return (
      <li className="task editing">
        <TaskEditor task={task} onChange={onChange} onClose={() => setEditing(false)} />
      </li>
    );
  }
  return (
    <li className={task.completed ? "task completed" : "task"} aria-busy={busy}>
      <div className="what">
        <label>
          <input
            type="checkbox"
            checked={pendingCompleted ?? task.completed}
            onChange={() => {
              const completed = !task.completed;
              if (!busy) setPendingCompleted(completed);
              void run(() => onChange(task, { completed }));
            }}
          />
          <span className="title">{task.title}</span>
        </label>
        {task.description !== "" && <p className="description">{task.description}</p>}
        <TaskFacts task={task} onTagClick={onTagClick} />
      </div>
      <div className="row actions">
        <button
          type="button"
          className="plain"
          ref={editButton}
          aria-label={`Edit ${task.title}`}
          onClick={() => setEditing(true)}
        >
          Edit
        </button>
        <button
          type="button"
          className="plain"
          aria-label={`Delete ${task.title}`}
          onClick={() => void run(() => onRemove(task))}
        >
          Delete
        </button>
      </div>
    </li>
  );
}

/** Priority, due date and tags. A medium priority is not shown. */
function TaskFacts({
  task: { priority, dueDate, tags, completed },
  onTagClick,
}: Pick<TaskItemProps, "task" | "onTagClick">): ReactElement | null {
  if (priority === "medium" && dueDate === null && tags.length === 0) return null;
  const currentDate = today();
  const late = dueDate !== null && dueDate < currentDate && !completed;
  return (
    <p className="facts row">
      {priority !== "medium" && (
        <span className={`priority ${priority}`}>{priorityLabels[priority]} priority</span>
      )}
      {dueDate !== null && (
        <span className={late ? "due late" : "due"}>
          {late ? "Overdue: " : "Due "}
          <time dateTime={dueDate}>{formatDate(dueDate, currentDate)}</time>
        </span>
      )}
      {tags.map((tag) => (
        <TagButton
          key={tag}
          label={`Show tasks with the tag ${tag}`}
          onClick={() => onTagClick(tag)}
        >
          #{tag}
        </TagButton>
      ))}
    </p>
  );
}
