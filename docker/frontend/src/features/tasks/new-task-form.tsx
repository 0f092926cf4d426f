"use client";

import { type ReactElement, type RefObject, useState } from "react";
import { Field } from "../../ui/fields.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { TaskDetailFields } from "./task-detail-fields.tsx";
import { emptyDraft, type TaskDraft, toFields, validateDraft } from "./task-draft.ts";
import { MAX_TITLE_LENGTH, type TaskFields } from "./tasks-api.ts";

/** The props of the NewTaskForm. */
export interface NewTaskFormProps {
  /** Receives the title's input, for moving the focus to it. */
  readonly inputRef: RefObject<HTMLInputElement | null>;
  /** Adds the task. Returns whether that succeeded; otherwise the form keeps its input. */
  readonly onAdd: (fields: Partial<TaskFields>) => Promise<boolean>;
}

/** A form to add a task: a line for the title, and optional fields for the rest. */
export function NewTaskForm({ inputRef, onAdd }: NewTaskFormProps): ReactElement {
  const [draft, setDraft] = useState<TaskDraft>(emptyDraft);
  const [showDetails, setShowDetails] = useState(false);
  const [busy, setBusy] = useState(false);
  const problem = validateDraft(draft);
  const canSubmit = !busy && draft.title.trim() !== "" && problem === undefined;

  const submit = async (): Promise<void> => {
    if (!canSubmit) return;
    setBusy(true);
    if (await onAdd(toFields(draft))) {
      setDraft(emptyDraft);
      setShowDetails(false);
    }
    setBusy(false);
    inputRef.current?.focus();
  };

  return (
    <form
      className="new-task stack"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Field label="What is there to do?">
        {(id) => (
          <div className="row">
            <input
              id={id}
              name="title"
              ref={inputRef}
              value={draft.title}
              maxLength={MAX_TITLE_LENGTH}
              autoComplete="off"
              enterKeyHint="done"
              onChange={(event) => setDraft({ ...draft, title: event.target.value })}
            />
            <button type="submit" className="primary" aria-disabled={!canSubmit}>
              Add
            </button>
          </div>
        )}
      </Field>
      {showDetails && <TaskDetailFields draft={draft} onDraftChange={setDraft} />}
      {problem !== undefined && <ProblemNotice text={problem} />}
      <button
        type="button"
        className="plain"
        aria-expanded={showDetails}
        onClick={() => setShowDetails(!showDetails)}
      >
        {showDetails ? "Fewer details" : "More details"}
      </button>
    </form>
  );
}
