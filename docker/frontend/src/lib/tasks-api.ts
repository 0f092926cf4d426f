import { ask } from "./api.ts";

export type Priority = "low" | "medium" | "high";

/** What is said about a task. */
export interface TaskFields {
  readonly title: string;
  readonly description: string;
  readonly priority: Priority;
  /** `YYYY-MM-DD`, or null. */
  readonly dueDate: string | null;
  readonly tags: readonly string[];
  readonly completed: boolean;
}

/** A task as the API shows it. */
export interface Task extends TaskFields {
  readonly id: string;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** One page of a list. */
export interface TaskPage {
  readonly tasks: readonly Task[];
  /** Leads to the next page; null on the last. */
  readonly nextCursor: string | null;
}

/** The longest title and description, and the most and longest tags that the API takes. */
export const TITLE_MAX = 200;
export const DESCRIPTION_MAX = 5000;
export const TAGS_MAX = 20;
export const TAG_MAX = 40;

const path = (id: string): string => `/api/tasks/${encodeURIComponent(id)}`;

/** A page of the tasks that the query asks for. */
export async function listTasks(query: URLSearchParams, signal?: AbortSignal): Promise<TaskPage> {
  return (await ask({ method: "GET", path: `/api/tasks?${query}`, signal })) as TaskPage;
}

/** One task as it is now. */
export async function readTask(id: string): Promise<Task> {
  return (await ask({ method: "GET", path: path(id) })) as Task;
}

/** Adds a task and returns it as it was stored. */
export async function addTask(fields: Partial<TaskFields>): Promise<Task> {
  return (await ask({ method: "POST", path: "/api/tasks", body: fields })) as Task;
}

/** Changes a task, if it still has this version, and returns it as it was stored. */
export async function changeTask(
  { id, version }: Pick<Task, "id" | "version">,
  change: Partial<TaskFields>,
): Promise<Task> {
  return (await ask({ method: "PATCH", path: path(id), body: change, ifMatch: version })) as Task;
}

/** Deletes a task, if it still has this version. */
export async function deleteTask({ id, version }: Pick<Task, "id" | "version">): Promise<void> {
  await ask({ method: "DELETE", path: path(id), ifMatch: version });
}
