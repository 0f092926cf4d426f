import type { Database } from "../db/database.ts";
import type { NewTask, Task, TaskChange } from "./schema.ts";

interface Row {
  readonly id: string;
  readonly title: string;
  readonly completed: boolean;
  readonly created_at: Date;
  readonly updated_at: Date;
}

const COLUMNS = "id, title, completed, created_at, updated_at";

/** The tasks in the database. */
export class TaskStore {
  readonly #database: Pick<Database, "query">;

  constructor(database: Pick<Database, "query">) {
    this.#database = database;
  }

  /** Every task, newest first. */
  async list(): Promise<Task[]> {
    const rows = await this.#database.query<Row>(
      `select ${COLUMNS} from tasks order by created_at desc, id desc`,
    );
    return rows.map(toTask);
  }

  /** Adds a task. */
  async create({ title }: NewTask): Promise<Task> {
    const rows = await this.#database.query<Row>(
      `insert into tasks (title) values ($1) returning ${COLUMNS}`,
      [title.trim()],
    );
    const [row] = rows;
    if (row === undefined) throw new Error("insert … returning gave no row");
    return toTask(row);
  }

  /** The task with this id, or undefined. */
  async get(id: string): Promise<Task | undefined> {
    const rows = await this.#database.query<Row>(`select ${COLUMNS} from tasks where id = $1`, [
      id,
    ]);
    return rows.map(toTask)[0];
  }

  /** Changes what is given of a task; undefined when there is no such task. */
  async update(id: string, { title, completed }: TaskChange): Promise<Task | undefined> {
    const rows = await this.#database.query<Row>(
      `update tasks
          set title = coalesce($2, title),
              completed = coalesce($3, completed),
              updated_at = now()
        where id = $1
        returning ${COLUMNS}`,
      [id, title?.trim() ?? null, completed ?? null],
    );
    return rows.map(toTask)[0];
  }

  /** Removes a task; false when there was none. */
  async remove(id: string): Promise<boolean> {
    const rows = await this.#database.query("delete from tasks where id = $1 returning id", [id]);
    return rows.length > 0;
  }
}

function toTask(row: Row): Task {
  return {
    id: row.id,
    title: row.title,
    completed: row.completed,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
