import { parseTags, validateTags } from "./task-tags.ts";
import type { Priority, Task, TaskFields } from "./tasks-api.ts";

/** The input of a task form. */
export interface TaskDraft {
  readonly title: string;
  readonly description: string;
  readonly priority: Priority;
  /** `YYYY-MM-DD`, or "" for none. */
  readonly dueDate: string;
  /** Comma-separated. */
  readonly tags: string;
}

/** The fields of a task that a form edits. */
export type DraftFields = Omit<TaskFields, "completed">;

/** The draft of a new task. */
export const emptyDraft: TaskDraft = {
  title: "",
  description: "",
  priority: "medium",
  dueDate: "",
  tags: "",
};

/** Returns the draft for editing a task. */
export function toDraft({ title, description, priority, dueDate, tags }: Task): TaskDraft {
  return { title, description, priority, dueDate: dueDate ?? "", tags: tags.join(", ") };
}

/** Returns the fields that a draft describes, in the format of the API. */
export function toFields(draft: TaskDraft): DraftFields {
  const { title, description, priority, dueDate, tags } = draft;
  return {
    title: title.trim(),
    description,
    priority,
    dueDate: dueDate === "" ? null : dueDate,
    tags: parseTags(tags),
  };
}

/** Returns what is wrong with a draft, or undefined. A missing title is not reported. */
export function validateDraft(draft: TaskDraft): string | undefined {
  return validateTags(parseTags(draft.tags));
}
