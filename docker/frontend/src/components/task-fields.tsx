"use client";

import { DESCRIPTION_MAX, type Priority, type Task, type TaskFields } from "../lib/tasks-api.ts";
import { useId } from "react";
import { parseTags } from "../lib/tags.ts";
import { Choice, Field } from "./field.tsx";

/** What is typed about a task, before it is one. */
export interface Draft {
  readonly title: string;
  readonly description: string;
  readonly priority: Priority;
  /** Empty for none. */
  readonly dueDate: string;
  /** With commas between them. */
  readonly tags: string;
}

/** A draft with nothing in it. */
export const EMPTY: Draft = {
  title: "",
  description: "",
  priority: "medium",
  dueDate: "",
  tags: "",
};

/** A draft of what a task is now. */
export function draftOf({ title, description, priority, dueDate, tags }: Task): Draft {
  return { title, description, priority, dueDate: dueDate ?? "", tags: tags.join(", ") };
}

/** What the API is to be told of a draft. */
export function fieldsOf(draft: Draft): Omit<TaskFields, "completed"> {
  const { title, description, priority, dueDate, tags } = draft;
  return {
    title: title.trim(),
    description,
    priority,
    dueDate: dueDate === "" ? null : dueDate,
    tags: parseTags(tags),
  };
}

/** The priorities in words. */
export const PRIORITIES = { low: "Low", medium: "Medium", high: "High" } as const;

/** What the fields need. */
export interface TaskDetailsProps {
  readonly draft: Draft;
  readonly change: (draft: Draft) => void;
}

/** The fields of a task besides its title. */
export function TaskDetails({ draft, change }: TaskDetailsProps) {
  const id = useId();
  return (
    <>
      <div className="field">
        <label htmlFor={id}>Description</label>
        <textarea
          id={id}
          rows={3}
          maxLength={DESCRIPTION_MAX}
          value={draft.description}
          onChange={(event) => change({ ...draft, description: event.target.value })}
        />
      </div>
      <div className="columns">
        <Choice
          label="Priority"
          value={draft.priority}
          options={PRIORITIES}
          change={(priority) => change({ ...draft, priority })}
        />
        <Field
          label="Due date"
          type="date"
          value={draft.dueDate}
          change={(dueDate) => change({ ...draft, dueDate })}
        />
      </div>
      <Field
        label="Tags"
        hint="With commas between them: home, garden"
        autoComplete="off"
        autoCapitalize="none"
        value={draft.tags}
        change={(tags) => change({ ...draft, tags })}
      />
    </>
  );
}
