"use client";

import { useState } from "react";
import { flawOfTags, parseTags } from "../lib/tags.ts";
import { type Task, type TaskFields, TITLE_MAX } from "../lib/tasks-api.ts";
import type { Outcome } from "../lib/use-tasks.ts";
import { Field } from "./field.tsx";
import { Problem } from "./problem.tsx";
import { draftOf, fieldsOf, TaskDetails } from "./task-fields.tsx";

/** What the form needs. */
export interface TaskEditorProps {
  /** The task as it is by now. */
  readonly task: Task;
  readonly change: (task: Task, change: Partial<TaskFields>) => Promise<Outcome>;
  readonly close: () => void;
}

/** Edits a task in its place in the list. Only what was changed here is sent. */
export function TaskEditor({ task, change, close }: TaskEditorProps) {
  /** The task as it was when editing began. */
  const [base] = useState(task);
  const [draft, setDraft] = useState(() => draftOf(task));
  /** What the next saving is a change of: another one only when it was seen. */
  const [version, setVersion] = useState(task);
  const [conflict, setConflict] = useState(false);
  const [busy, setBusy] = useState(false);
  const flaw = flawOfTags(parseTags(draft.tags));

  const save = async (): Promise<void> => {
    if (busy || draft.title.trim() === "" || flaw !== undefined) return;
    const wanted = differences(base, fieldsOf(draft));
    if (Object.keys(wanted).length === 0) {
      close();
      return;
    }
    setBusy(true);
    const outcome = await change(conflict ? task : version, wanted);
    setBusy(false);
    if (outcome === "done") close();
    setConflict(outcome === "conflict");
    if (outcome === "conflict") setVersion(task);
  };

  return (
    <form
      className="stack"
      aria-label={`Edit ${base.title}`}
      aria-busy={busy}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") close();
      }}
    >
      <Field
        label="Title"
        autoFocus
        required
        maxLength={TITLE_MAX}
        autoComplete="off"
        value={draft.title}
        change={(title) => setDraft({ ...draft, title })}
      />
      <TaskDetails draft={draft} change={setDraft} />
      {flaw !== undefined && <Problem text={flaw} />}
      {conflict && (
        <Problem text={conflictInWords(task)}>
          <button type="button" onClick={close}>
            Drop my changes
          </button>
        </Problem>
      )}
      <div className="row">
        <button type="submit" className="primary" aria-disabled={busy}>
          {conflict ? "Save mine anyway" : "Save"}
        </button>
        <button type="button" onClick={close}>
          Cancel
        </button>
      </div>
    </form>
  );
}

function differences(
  before: Task,
  after: Omit<TaskFields, "completed">,
): Partial<Omit<TaskFields, "completed">> {
  const keys = Object.keys(after) as (keyof typeof after)[];
  const changed = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  return Object.fromEntries(changed.map((key) => [key, after[key]]));
}

function conflictInWords({ title, completed }: Task): string {
  const state = completed ? " and is done" : "";
  return (
    `This task was changed elsewhere while you were editing it; its title is now “${title}”${state}. ` +
    "Your text is still here, and nothing was overwritten."
  );
}
