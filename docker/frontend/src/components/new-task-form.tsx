"use client";

import { type RefObject, useId, useState } from "react";
import { flawOfTags, parseTags } from "../lib/tags.ts";
import { type TaskFields, TITLE_MAX } from "../lib/tasks-api.ts";
import { Problem } from "./problem.tsx";
import { type Draft, EMPTY, fieldsOf, TaskDetails } from "./task-fields.tsx";

/** What the form needs. */
export interface NewTaskFormProps {
  readonly input: RefObject<HTMLInputElement | null>;
  /** Adds a task; false when that failed, so that nothing typed is lost. */
  readonly add: (fields: Partial<TaskFields>) => Promise<boolean>;
}

/** A line to type a task into, and more fields for those who want them. */
export function NewTaskForm({ input, add }: NewTaskFormProps) {
  const [draft, setDraft] = useState<Draft>(EMPTY);
  const [details, setDetails] = useState(false);
  const [busy, setBusy] = useState(false);
  const id = useId();
  const flaw = flawOfTags(parseTags(draft.tags));
  const ready = !busy && draft.title.trim() !== "" && flaw === undefined;

  const submit = async (): Promise<void> => {
    if (!ready) return;
    setBusy(true);
    if (await add(fieldsOf(draft))) {
      setDraft(EMPTY);
      setDetails(false);
    }
    setBusy(false);
    input.current?.focus();
  };

  return (
    <form
      className="new-task stack"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div className="field">
        <label htmlFor={id}>What is there to do?</label>
        <div className="row">
          <input
            id={id}
            name="title"
            ref={input}
            value={draft.title}
            maxLength={TITLE_MAX}
            autoComplete="off"
            enterKeyHint="done"
            onChange={(event) => setDraft({ ...draft, title: event.target.value })}
          />
          <button type="submit" className="primary" aria-disabled={!ready}>
            Add
          </button>
        </div>
      </div>
      {details && <TaskDetails draft={draft} change={setDraft} />}
      {flaw !== undefined && <Problem text={flaw} />}
      <button
        type="button"
        className="plain"
        aria-expanded={details}
        onClick={() => setDetails(!details)}
      >
        {details ? "Fewer details" : "More details"}
      </button>
    </form>
  );
}
