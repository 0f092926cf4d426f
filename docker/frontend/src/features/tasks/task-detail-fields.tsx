"use client";

import type { ReactElement } from "react";
import { Field, SelectField, TextField } from "../../ui/fields.tsx";
import type { TaskDraft } from "./task-draft.ts";
import { priorityLabels } from "./task-query.ts";
import { MAX_DESCRIPTION_LENGTH } from "./tasks-api.ts";

/** The props of the TaskDetailFields. */
export interface TaskDetailFieldsProps {
  readonly draft: TaskDraft;
  readonly onDraftChange: (draft: TaskDraft) => void;
}

/** The form fields for everything but the title of a task. */
export function TaskDetailFields({ draft, onDraftChange }: TaskDetailFieldsProps): ReactElement {
  const update = (changes: Partial<TaskDraft>): void => onDraftChange({ ...draft, ...changes });
  return (
    <>
      <Field label="Description">
        {(id) => (
          <textarea
            id={id}
            rows={3}
            maxLength={MAX_DESCRIPTION_LENGTH}
            value={draft.description}
            onChange={(event) => update({ description: event.target.value })}
          />
        )}
      </Field>
      <div className="columns">
        <SelectField
          label="Priority"
          value={draft.priority}
          options={priorityLabels}
          onValueChange={(priority) => update({ priority })}
        />
        <TextField
          label="Due date"
          type="date"
          value={draft.dueDate}
          onValueChange={(dueDate) => update({ dueDate })}
        />
      </div>
      <TextField
        label="Tags"
        hint="With commas between them: home, garden"
        autoComplete="off"
        autoCapitalize="none"
        value={draft.tags}
        onValueChange={(tags) => update({ tags })}
      />
    </>
  );
}
