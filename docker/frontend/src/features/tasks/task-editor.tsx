"use client";

import { type ReactElement, useState } from "react";
import { TextField } from "../../ui/fields.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { TaskDetailFields } from "./task-detail-fields.tsx";
import { type DraftFields, toDraft, toFields, validateDraft } from "./task-draft.ts";
import { MAX_TITLE_LENGTH, type Task, type TaskFields } from "./tasks-api.ts";
import type { ChangeResult } from "./use-task-list.ts";

/** The props of a TaskEditor. */
export interface TaskEditorProps {
  /** The current state of the task. It may change while the user edits. */
  readonly task: Task;
  readonly onChange: (task: Task, changes: Partial<TaskFields>) => Promise<ChangeResult>;
  readonly onClose: () => void;
}

/** A form to edit a task in its place in the list. Only the fields that the user changed are sent. */
export function TaskEditor({ task, onChange, onClose }: TaskEditorProps): ReactElement {
  /** The task when editing began. */
  const [original] = useState(task);
  const [draft, setDraft] = useState(() => toDraft(task));
  /** The version that the user has seen. Only this one may be overwritten. */
  const [seenTask, setSeenTask] = useState(task);
  const [conflict, setConflict] = useState(false);
  const [busy, setBusy] = useState(false);
  const problem = validateDraft(draft);

  const save = async (): Promise<void> => {
    if (busy || draft.title.trim() === "" || problem !== undefined) return;
    const changes = changedFields(original, toFields(draft));
    if (Object.keys(changes).length === 0) {
      onClose();
      return;
    }
    setBusy(true);
    const result = await onChange(conflict ? task : seenTask, changes);
    setBusy(false);
    if (result === "done") onClose();
    setConflict(result === "conflict");
    if (result === "conflict") setSeenTask(task);
  };

  return (
    <form
      className="stack"
      aria-label={`Edit ${original.title}`}
      aria-busy={busy}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
    >
      <TextField
        label="Title"
        autoFocus
        required
        maxLength={MAX_TITLE_LENGTH}
        autoComplete="off"
        value={draft.title}
        onValueChange={(title) => setDraft({ ...draft, title })}
      />
      <TaskDetailFields draft={draft} onDraftChange={setDraft} />
      {problem !== undefined && <ProblemNotice text={problem} />}
      {conflict && (
        <ProblemNotice text={conflictMessage(task)}>
          <button type="button" onClick={onClose}>
            Drop my changes
          </button>
        </ProblemNotice>
      )}
      <div className="row">
        <button type="submit" className="primary" aria-disabled={busy}>
          {conflict ? "Save mine anyway" : "Save"}
        </button>
        <button type="button" onClick={onClose}>
          Cancel
        </button>
      </div>
    </form>
  );
}

function changedFields(before: Task, after: DraftFields): Partial<DraftFields> {
  const keys = Object.keys(after) as (keyof DraftFields)[];
  const changed = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  return Object.fromEntries(changed.map((key) => [key, after[key]]));
}

function conflictMessage({ title, completed }: Task): string {
  const state = completed ? " and is done" : "";
  return (
    `This task has changed while you were editing it; its title is now “${title}”${state}. ` +
    "Your text is still here, and nothing was overwritten."
  );
}
