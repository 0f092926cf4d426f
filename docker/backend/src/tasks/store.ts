import type { Queries } from "../db/database.ts";
import {
  cursorAfter,
  listStatement,
  type PlacedRow,
  type TaskQuery,
  writtenListStatement,
  type WrittenPage,
} from "./query.ts";
import {
  cleanTags,
  COLUMNS,
  type NewTask,
  priorityNumber,
  type Task,
  type TaskChange,
  type TaskRow,
  toTask,
} from "./task.ts";

/** One page of a list. */
export interface TaskPage {
  readonly tasks: readonly Task[];
  /** Leads to the next page; null on the last one. */
  readonly nextCursor: string | null;
}

/** What became of a change: `stale` when the task has none of the expected versions any more. */
export type Changed = Task | "missing" | "stale";

/** The tasks of one user. There is no way from here to anybody else's. */
export class TaskStore {
  readonly #queries: Queries;
  readonly #userId: string;

  constructor(queries: Queries, userId: string) {
    this.#queries = queries;
    this.#userId = userId;
  }

  /** A page of the tasks. */
  async list(query: TaskQuery = {}): Promise<TaskPage> {
    const { text, values } = listStatement(this.#userId, query);
    const rows = await this.#queries.query<PlacedRow>(text, values);
    const page = rows.slice(0, query.limit ?? 50);
    const last = page.at(-1);
    const more = rows.length > page.length && last !== undefined;
    return { tasks: page.map(toTask), nextCursor: more ? cursorAfter(last, query) : null };
  }

  /** A page of the tasks, as JSON. */
  async listAsJson(query: TaskQuery): Promise<string> {
    const { text, values } = writtenListStatement(this.#userId, query);
    const [page] = await this.#queries.query<WrittenPage>(text, values);
    if (page === undefined) throw new Error("select without from gave no row");
    const { tasks, last } = page;
    const next = last === null ? null : cursorAfter({ id: last[0], place: last[1] }, query);
    return `{"tasks":${tasks},"nextCursor":${JSON.stringify(next)}}`;
  }

  /** Those of these tasks that are there, in the given order. */
  async byIds(ids: readonly string[]): Promise<Task[]> {
    const rows = await this.#queries.query<TaskRow>(
      `select ${COLUMNS} from tasks where user_id = $1 and id = any ($2::uuid[])
        order by array_position($2::uuid[], id)`,
      [this.#userId, ids],
    );
    return rows.map(toTask);
  }

  /** Adds a task. */
  async create(task: NewTask): Promise<Task> {
    const { title, description = "", priority = "medium", dueDate = null, tags = [] } = task;
    const rows = await this.#queries.query<TaskRow>(
      `insert into tasks (user_id, title, description, priority, due_date, tags, completed)
       values ($1, $2, $3, $4, $5, $6, $7) returning ${COLUMNS}`,
      [
        ...[this.#userId, title.trim(), description, priorityNumber(priority), dueDate],
        ...[cleanTags(tags), task.completed ?? false],
      ],
    );
    const [row] = rows;
    if (row === undefined) throw new Error("insert … returning gave no row");
    return toTask(row);
  }

  /** The task with this id, or undefined. */
  async get(id: string): Promise<Task | undefined> {
    const rows = await this.#queries.query<TaskRow>(
      `select ${COLUMNS} from tasks where id = $1 and user_id = $2`,
      [id, this.#userId],
    );
    return rows.map(toTask)[0];
  }

  /** Changes what is given of a task, if it has one of the versions. */
  async update(id: string, change: TaskChange, versions?: readonly number[]): Promise<Changed> {
    const { title, description, priority, dueDate, tags, completed } = change;
    const rows = await this.#queries.query<TaskRow>(
      `update tasks
          set title = coalesce($3, title),
              description = coalesce($4, description),
              priority = coalesce($5, priority),
              due_date = case when $6 then $7::date else due_date end,
              tags = coalesce($8::text[], tags),
              completed = coalesce($9, completed)
        where id = $1 and user_id = $2 and ($10::int[] is null or version = any ($10))
        returning ${COLUMNS}`,
      [
        ...[id, this.#userId, title?.trim(), description],
        ...[priority === undefined ? undefined : priorityNumber(priority)],
        ...[dueDate !== undefined, dueDate, tags === undefined ? undefined : cleanTags(tags)],
        ...[completed, versions],
      ],
    );
    return rows.map(toTask)[0] ?? this.#why(id);
  }

  /** Removes a task, if it has one of the versions, and returns what it was. */
  async remove(id: string, versions?: readonly number[]): Promise<Changed> {
    const rows = await this.#queries.query<TaskRow>(
      `delete from tasks
        where id = $1 and user_id = $2 and ($3::int[] is null or version = any ($3))
        returning ${COLUMNS}`,
      [id, this.#userId, versions],
    );
    return rows.map(toTask)[0] ?? this.#why(id);
  }

  async #why(id: string): Promise<"missing" | "stale"> {
    return (await this.get(id)) === undefined ? "missing" : "stale";
  }
}
