import { listTasks, type Task, type TaskPage } from "./tasks-api.ts";

/** How many tasks are shown at first, and how many more each time. */
export const PAGE_SIZE = 50;

/** Maximum number of tasks that the API returns per request. */
const MAX_REQUEST_SIZE = 200;

/**
 * Reads the first `count` tasks, or a few more to complete a page of the API. Reloading a list with
 * its current length keeps that length.
 */
export async function readFirstTasks(query: URLSearchParams, count: number): Promise<TaskPage> {
  const tasks: Task[] = [];
  let nextCursor: string | null = null;
  do {
    const page = await readPage(
      query,
      nextCursor,
      Math.min(MAX_REQUEST_SIZE, count - tasks.length),
    );
    tasks.push(...page.tasks);
    ({ nextCursor } = page);
  } while (nextCursor !== null && tasks.length < count);
  return { tasks: uniqueById(tasks), nextCursor };
}

/** Reads the next page and returns it together with the tasks that are already loaded. */
export async function readMoreTasks(query: URLSearchParams, loaded: TaskPage): Promise<TaskPage> {
  const { tasks, nextCursor } = await readPage(query, loaded.nextCursor, PAGE_SIZE);
  return { tasks: uniqueById([...loaded.tasks, ...tasks]), nextCursor };
}

function readPage(query: URLSearchParams, cursor: string | null, limit: number): Promise<TaskPage> {
  const parameters = new URLSearchParams(query);
  parameters.set("limit", String(limit));
  if (cursor !== null) parameters.set("cursor", cursor);
  return listTasks(parameters);
}

/** A task that changes between two requests can be on both pages. */
function uniqueById(tasks: readonly Task[]): readonly Task[] {
  return [...new Map(tasks.map((task) => [task.id, task])).values()];
}
