import { priorities, type Priority, type Task } from "./schemas.ts";

/** A row of the table tasks, as `taskColumns` selects it. */
export interface TaskRow {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly priority: number;
  readonly due_date: string | null;
  readonly tags: string[];
  readonly completed: boolean;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** The columns of a TaskRow. The date is cast to text, because pg would make it a moment. */
export const TASK_COLUMNS =
  "id, title, description, priority, due_date::text, tags, completed, version, created_at, updated_at";

const utc = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** SQL for each member of a task in JSON, with the same values as toTask. */
const jsonMembers: Readonly<Record<keyof Task, string>> = {
  id: "id",
  title: "title",
  description: "description",
  priority: `(array['${priorities.join("','")}'])[tasks.priority]`,
  dueDate: "due_date",
  tags: "tags",
  completed: "completed",
  version: "version",
  createdAt: utc("created_at"),
  updatedAt: utc("updated_at"),
};

/** The select list of a task that PostgreSQL converts to JSON. */
export const TASK_JSON_COLUMNS: string = Object.entries(jsonMembers)
  .map(([name, column]) => `${column} as "${name}"`)
  .join(", ");

/** The names of the columns in `taskJsonColumns`. */
export const TASK_JSON_NAMES: string = Object.keys(jsonMembers)
  .map((name) => `"${name}"`)
  .join(", ");

/** Converts a row to the task that the API returns. */
export function toTask(row: TaskRow): Task {
  return {
    id: row.id,
    title: row.title,
    description: row.description,
    priority: priorities[row.priority - 1] ?? "medium",
    dueDate: row.due_date,
    tags: row.tags,
    completed: row.completed,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

/** Returns a priority as the database stores it: 1 to 3. */
export function priorityNumber(priority: Priority): number {
  return priorities.indexOf(priority) + 1;
}

/** Returns tags as the database stores them: trimmed, in lower case, without duplicates. */
export function normalizeTags(tags: readonly string[]): string[] {
  return [...new Set(tags.map((tag) => tag.trim().toLowerCase()))];
}
