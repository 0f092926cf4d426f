/** How much a task matters, from the least to the most. */
export const PRIORITIES = ["low", "medium", "high"] as const;

/** One of them. */
export type Priority = (typeof PRIORITIES)[number];

/** A task as the API shows it. */
export interface Task {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly priority: Priority;
  /** YYYY-MM-DD, a day and not a moment: it is the same in every time zone. */
  readonly dueDate: string | null;
  readonly tags: readonly string[];
  readonly completed: boolean;
  /** Raised by each change. */
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What POST /api/tasks takes. */
export type NewTask = Pick<Task, "title"> &
  Partial<Pick<Task, "description" | "priority" | "dueDate" | "tags" | "completed">>;

/** What PATCH /api/tasks/:id takes: only what changes. */
export type TaskChange = Partial<NewTask>;

/** A row of the table tasks, as COLUMNS selects it. */
export interface TaskRow {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly priority: number;
  readonly due_date: string | null;
  readonly tags: readonly string[];
  readonly completed: boolean;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** What a TaskRow is selected by. The date goes as text, or the driver would make a moment of it. */
export const COLUMNS =
  "id, title, description, priority, due_date::text, tags, completed, version, created_at, updated_at";

const utc = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** What PostgreSQL writes for each member of a task: the same as toTask. */
const WRITTEN: Readonly<Record<keyof Task, string>> = {
  id: "id",
  title: "title",
  description: "description",
  priority: `(array['${PRIORITIES.join("','")}'])[tasks.priority]`,
  dueDate: "due_date",
  tags: "tags",
  completed: "completed",
  version: "version",
  createdAt: utc("created_at"),
  updatedAt: utc("updated_at"),
};

/** What a row that is written as JSON is selected by, and the names that it has then. */
export const WRITTEN_COLUMNS = Object.entries(WRITTEN)
  .map(([name, column]) => `${column} as "${name}"`)
  .join(", ");
export const WRITTEN_NAMES = Object.keys(WRITTEN)
  .map((name) => `"${name}"`)
  .join(", ");

/** A row as the API shows it. */
export function toTask(row: TaskRow): Task {
  return {
    id: row.id,
    title: row.title,
    description: row.description,
    priority: PRIORITIES[row.priority - 1] ?? "medium",
    dueDate: row.due_date,
    tags: row.tags,
    completed: row.completed,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

/** A priority as the database keeps it. */
export function priorityNumber(priority: Priority): number {
  return PRIORITIES.indexOf(priority) + 1;
}

/** Tags as they are kept: in lower case, each once. */
export function cleanTags(tags: readonly string[]): string[] {
  return [...new Set(tags.map((tag) => tag.trim().toLowerCase()))];
}
