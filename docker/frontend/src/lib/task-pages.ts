import { listTasks, type Task, type TaskPage } from "./tasks-api.ts";

/** How many tasks are shown at first, and how many more at a time. */
export const PAGE = 50;

/** The most that the API gives at once. */
const LIMIT = 200;

/** Reads as many tasks as were shown before, so that a list that is read again stays as long as it was. */
export async function readTasks(query: URLSearchParams, count: number): Promise<TaskPage> {
  const tasks: Task[] = [];
  let nextCursor: string | null = null;
  do {
    const page = await readPage(query, nextCursor, Math.min(LIMIT, count - tasks.length));
    tasks.push(...page.tasks);
    ({ nextCursor } = page);
  } while (nextCursor !== null && tasks.length < count);
  return { tasks: unique(tasks), nextCursor };
}

/** Adds the next page to what is there. */
export async function readMore(query: URLSearchParams, before: TaskPage): Promise<TaskPage> {
  const { tasks, nextCursor } = await readPage(query, before.nextCursor, PAGE);
  return { tasks: unique([...before.tasks, ...tasks]), nextCursor };
}

function readPage(query: URLSearchParams, cursor: string | null, limit: number): Promise<TaskPage> {
  const parameters = new URLSearchParams(query);
  parameters.set("limit", String(limit));
  if (cursor !== null) parameters.set("cursor", cursor);
  return listTasks(parameters);
}

/** A task that was changed between two pages can be on both. */
function unique(tasks: readonly Task[]): readonly Task[] {
  return [...new Map(tasks.map((task) => [task.id, task])).values()];
}
