/** A task as the API shows it. */
export interface Task {
  readonly id: string;
  readonly title: string;
  readonly completed: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What may be changed of a task. */
export type TaskChange = Partial<Pick<Task, "title" | "completed">>;

/** A request that failed, in words that can be shown. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    message: string,
    /** The HTTP status, or 0 when there was no answer at all. */
    readonly status: number,
  ) {
    super(message);
  }
}

/** Longer than the server's own patience with the API, so that its better message arrives. */
const PATIENCE_MS = 20_000;

/** Every task, newest first. */
export async function listTasks(): Promise<readonly Task[]> {
  const { tasks } = (await call("GET", "")) as { tasks: readonly Task[] };
  return tasks;
}

/** Adds a task and returns it as it was stored. */
export async function addTask(title: string): Promise<Task> {
  return (await call("POST", "", { title })) as Task;
}

/** Changes a task and returns it as it was stored. */
export async function changeTask(id: string, change: TaskChange): Promise<Task> {
  return (await call("PATCH", `/${encodeURIComponent(id)}`, change)) as Task;
}

/** Deletes a task. One that is gone already counts as deleted. */
export async function deleteTask(id: string): Promise<void> {
  try {
    await call("DELETE", `/${encodeURIComponent(id)}`);
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 404)) throw error;
  }
}

async function call(method: string, path: string, body?: unknown): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(`/api/tasks${path}`, {
      method,
      headers: {
        accept: "application/json",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    throw new ApiError("The server can't be reached. Check your connection.", 0);
  }
  if (response.status === 204) return undefined;
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer;
  throw new ApiError(explain(response.status, answer), response.status);
}

/** The sentence of a problem answer, with what is wrong in detail. */
function explain(status: number, answer: unknown): string {
  const { detail, errors } = (answer ?? {}) as {
    detail?: string;
    errors?: readonly { pointer: string; detail: string }[];
  };
  if (status >= 502) return "Your tasks can't be reached right now. Try again in a moment.";
  if (detail === undefined) return `The server answered with status ${status}.`;
  const items = errors?.map((item) => `${item.pointer.replace(/^\//, "")} ${item.detail}`) ?? [];
  return [detail, ...items].join(" ");
}
