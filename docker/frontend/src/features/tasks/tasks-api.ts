import { requestJson } from "../../lib/api-client.ts";

/** The priority of a task. */
export type Priority = "low" | "medium" | "high";

/** The fields of a task that a user can change. */
export interface TaskFields {
  readonly title: string;
  readonly description: string;
  readonly priority: Priority;
  /** `YYYY-MM-DD`, or null for none. */
  readonly dueDate: string | null;
  readonly tags: readonly string[];
  readonly completed: boolean;
}

/** A task as the API stores it. */
export interface Task extends TaskFields {
  readonly id: string;
  /** Increases with every change. */
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** One page of a task list. */
export interface TaskPage {
  readonly tasks: readonly Task[];
  /** Cursor of the next page; null on the last one. */
  readonly nextCursor: string | null;
}

/** Maximum length of a title that the API accepts. */
export const MAX_TITLE_LENGTH = 200;

/** Maximum length of a description that the API accepts. */
export const MAX_DESCRIPTION_LENGTH = 5000;

/** Maximum number of tags that the API accepts for a task. */
export const MAX_TAGS = 20;

/** Maximum length of a tag that the API accepts. */
export const MAX_TAG_LENGTH = 40;

const TASKS_PATH = "/api/tasks";
const taskPath = (id: string): string => `${TASKS_PATH}/${encodeURIComponent(id)}`;

/** Reads one page of the tasks that match the query parameters. */
export async function listTasks(query: URLSearchParams): Promise<TaskPage> {
  return (await requestJson({ method: "GET", path: `${TASKS_PATH}?${query}` })) as TaskPage;
}

/** Reads a task. */
export async function readTask(id: string): Promise<Task> {
  return (await requestJson({ method: "GET", path: taskPath(id) })) as Task;
}

/** Creates a task and returns it as stored. */
export async function createTask(fields: Partial<TaskFields>): Promise<Task> {
  return (await requestJson({ method: "POST", path: TASKS_PATH, body: fields })) as Task;
}

/** Changes a task and returns it as stored. Throws an ApiError with status 412 for another version. */
export async function updateTask(
  { id, version }: Pick<Task, "id" | "version">,
  changes: Partial<TaskFields>,
): Promise<Task> {
  const request = { method: "PATCH", path: taskPath(id), body: changes, ifMatch: version };
  return (await requestJson(request)) as Task;
}

/** Deletes a task. Throws an ApiError with status 412 for another version. */
export async function deleteTask({ id, version }: Pick<Task, "id" | "version">): Promise<void> {
  await requestJson({ method: "DELETE", path: taskPath(id), ifMatch: version });
}
