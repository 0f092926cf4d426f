"use client";

import { type RefObject, useState } from "react";

/** The longest title that the API takes. */
const TITLE_MAX = 200;

/** What the form needs. */
export interface NewTaskFormProps {
  readonly input: RefObject<HTMLInputElement | null>;
  /** Adds a task; false when that failed, so that nothing typed is lost. */
  readonly add: (title: string) => Promise<boolean>;
}

/** A line to type a task into. */
export function NewTaskForm({ input, add }: NewTaskFormProps) {
  const [title, setTitle] = useState("");
  const [busy, setBusy] = useState(false);

  const submit = async (): Promise<void> => {
    if (busy || title.trim() === "") return;
    setBusy(true);
    if (await add(title.trim())) setTitle("");
    setBusy(false);
    input.current?.focus();
  };

  return (
    <form
      className="new-task"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <label htmlFor="new-task">What is there to do?</label>
      <div className="row">
        <input
          id="new-task"
          name="title"
          ref={input}
          value={title}
          maxLength={TITLE_MAX}
          autoComplete="off"
          enterKeyHint="done"
          onChange={(event) => {
            setTitle(event.target.value);
          }}
        />
        <button type="submit" className="primary" aria-disabled={busy || title.trim() === ""}>
          Add
        </button>
      </div>
    </form>
  );
}
