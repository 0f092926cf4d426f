import type { Queries } from "../database/database.ts";
import { DomainError } from "../errors.ts";
import { DEFAULT_PAGE_SIZE } from "../lib/schemas.ts";
import {
  cursorAfter,
  jsonListStatement,
  type JsonPage,
  listStatement,
  type SortedRow,
} from "./list-statement.ts";
import type { NewTask, Task, TaskChange, TaskPage, TaskQuery } from "./schemas.ts";
import { normalizeTags, priorityNumber, TASK_COLUMNS, type TaskRow, toTask } from "./task-row.ts";

/** The tasks of one user. It can't read or change the tasks of another one. */
export class TaskStore {
  readonly #queries: Queries;
  readonly #userId: string;

  constructor(queries: Queries, userId: string) {
    this.#queries = queries;
    this.#userId = userId;
  }

  /** Returns one page of the tasks. */
  async list(query: TaskQuery = {}): Promise<TaskPage> {
    const { text, values } = listStatement(this.#userId, query);
    const rows = await this.#queries.query<SortedRow>(text, values);
    const page = rows.slice(0, query.limit ?? DEFAULT_PAGE_SIZE);
    const last = page.at(-1);
    const more = rows.length > page.length && last !== undefined;
    const nextCursor = more ? cursorAfter(last.id, last.sort_key, query) : null;
    return { tasks: page.map(toTask), nextCursor };
  }

  /** Returns one page of the tasks as the JSON of a TaskPage. */
  async listAsJson(query: TaskQuery): Promise<string> {
    const { text, values } = jsonListStatement(this.#userId, query);
    const [page] = await this.#queries.query<JsonPage>(text, values);
    if (page === undefined) throw new Error("select without from returned no row");
    const { tasks, last } = page;
    const nextCursor = last === null ? null : cursorAfter(...last, query);
    return `{"tasks":${tasks},"nextCursor":${JSON.stringify(nextCursor)}}`;
  }

  /** Returns the tasks with these ids, in the order of the ids. Leaves out those that don't exist. */
  async findByIds(ids: readonly string[]): Promise<Task[]> {
    const rows = await this.#queries.query<TaskRow>(
      `select ${TASK_COLUMNS} from tasks where user_id = $1 and id = any ($2::uuid[])
        order by array_position($2::uuid[], id)`,
      [this.#userId, ids],
    );
    return rows.map(toTask);
  }

  /** Creates a task. */
  async create(task: NewTask): Promise<Task> {
    const { title, description = "", priority = "medium", dueDate = null, tags = [] } = task;
    const rows = await this.#queries.query<TaskRow>(
      `insert into tasks (user_id, title, description, priority, due_date, tags, completed)
       values ($1, $2, $3, $4, $5, $6, $7) returning ${TASK_COLUMNS}`,
      [
        ...[this.#userId, title.trim(), description, priorityNumber(priority), dueDate],
        ...[normalizeTags(tags), task.completed ?? false],
      ],
    );
    const [row] = rows;
    if (row === undefined) throw new Error("insert … returning returned no row");
    return toTask(row);
  }

  /**
   * Returns the task with this id.
   *
   * @throws DomainError (`not-found`)
   */
  async get(id: string): Promise<Task> {
    const [row] = await this.#queries.query<TaskRow>(
      `select ${TASK_COLUMNS} from tasks where id = $1 and user_id = $2`,
      [id, this.#userId],
    );
    if (row === undefined) throw new DomainError("not-found", `There is no task ${id}.`);
    return toTask(row);
  }

  /**
   * Changes the given members of a task.
   *
   * @param versions - the versions that may be changed; default: any
   * @throws DomainError (`not-found` or `version-mismatch`)
   */
  async update(id: string, change: TaskChange, versions?: readonly number[]): Promise<Task> {
    const { title, description, priority, dueDate, tags, completed } = change;
    const [row] = await this.#queries.query<TaskRow>(
      `update tasks
          set title = coalesce($3, title),
              description = coalesce($4, description),
              priority = coalesce($5, priority),
              due_date = case when $6 then $7::date else due_date end,
              tags = coalesce($8::text[], tags),
              completed = coalesce($9, completed)
        where id = $1 and user_id = $2 and ($10::int[] is null or version = any ($10))
        returning ${TASK_COLUMNS}`,
      [
        ...[id, this.#userId, title?.trim(), description],
        ...[priority === undefined ? undefined : priorityNumber(priority)],
        ...[dueDate !== undefined, dueDate, tags === undefined ? undefined : normalizeTags(tags)],
        ...[completed, versions],
      ],
    );
    return row === undefined ? this.#rejectChange(id) : toTask(row);
  }

  /**
   * Deletes a task and returns what it was.
   *
   * @param versions - the versions that may be deleted; default: any
   * @throws DomainError (`not-found` or `version-mismatch`)
   */
  async remove(id: string, versions?: readonly number[]): Promise<Task> {
    const [row] = await this.#queries.query<TaskRow>(
      `delete from tasks
        where id = $1 and user_id = $2 and ($3::int[] is null or version = any ($3))
        returning ${TASK_COLUMNS}`,
      [id, this.#userId, versions],
    );
    return row === undefined ? this.#rejectChange(id) : toTask(row);
  }

  async #rejectChange(id: string): Promise<never> {
    await this.get(id);
    throw new DomainError(
      "version-mismatch",
      "The task was changed meanwhile. Read it again, then change it.",
    );
  }
}
