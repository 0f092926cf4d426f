import { readCursor, TIMESTAMP, writeCursor } from "../http/cursor.ts";
import {
  COLUMNS,
  type Priority,
  priorityNumber,
  type TaskRow,
  WRITTEN_COLUMNS,
  WRITTEN_NAMES,
} from "./task.ts";

/** What narrows a list of tasks down. */
export interface TaskFilter {
  readonly completed?: boolean;
  /** Any of these. */
  readonly priority?: readonly Priority[];
  /** All of these. */
  readonly tag?: readonly string[];
  /** Due on this day or later, YYYY-MM-DD. */
  readonly dueFrom?: string;
  /** Due on this day or earlier. */
  readonly dueTo?: string;
  /** Words that are all in title, description or tags, in any case. */
  readonly search?: string;
}

/** Which tasks, in which order, and how many at once. */
export interface TaskQuery extends TaskFilter {
  readonly sort?: "createdAt" | "updatedAt" | "dueDate" | "priority" | "title";
  readonly order?: "asc" | "desc";
  readonly limit?: number;
  readonly cursor?: string;
}

/** A row with its place in the list. */
export type PlacedRow = TaskRow & { readonly place: string };

interface Order {
  readonly by: string;
  readonly type: string;
  readonly usual: "asc" | "desc";
  /** What its place looks like in a cursor. */
  readonly key: RegExp;
}

const ORDERS: Readonly<Record<NonNullable<TaskQuery["sort"]>, Order>> = {
  createdAt: { by: "created_at", type: "timestamptz", usual: "desc", key: TIMESTAMP },
  updatedAt: { by: "updated_at", type: "timestamptz", usual: "desc", key: TIMESTAMP },
  dueDate: { by: "due_date", type: "date", usual: "asc", key: /^(\d{4}-\d\d-\d\d|-?infinity)$/ },
  // Not what is written for it, which has the same name.
  priority: { by: "tasks.priority", type: "smallint", usual: "desc", key: /^[123]$/ },
  // Capitals don't come before all small letters; equal titles then have their ids' order.
  title: { by: "lower(title)", type: "text", usual: "asc", key: /^[^\0]{1,800}$/su },
};

/** A statement with its values. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** The statement for a page, and one row more: that there is one shows that the list goes on. */
export function listStatement(
  userId: string,
  query: TaskQuery,
  columns: string = COLUMNS,
): Statement {
  const { sort = "createdAt", limit = 50 } = query;
  const { by, type, usual, key } = ORDERS[sort];
  const direction = query.order ?? usual;
  const none = direction === "asc" ? "infinity" : "-infinity";
  const place = sort === "dueDate" ? `coalesce(due_date, '${none}'::date)` : by;

  const values: unknown[] = [userId];
  const value = (given: unknown): string => `$${values.push(given)}`;
  const conditions = ["user_id = $1", ...filterConditions(query, value)];
  if (query.cursor !== undefined) {
    const after = readCursor(query.cursor, `${sort} ${direction}`, key);
    const than = direction === "asc" ? ">" : "<";
    conditions.push(
      `(${place}, id) ${than} (${value(after.key)}::${type}, ${value(after.id)}::uuid)`,
    );
  }
  return {
    text:
      `select ${columns}, (${place})::text as place from tasks ` +
      `where ${conditions.join(" and ")} ` +
      `order by ${place} ${direction}, id ${direction} limit ${value(limit + 1)}`,
    values,
  };
}

/** A page as PostgreSQL writes it. */
export interface WrittenPage {
  /** The tasks, as JSON. */
  readonly tasks: string;
  /** The last task's id and place, where the list goes on behind it. */
  readonly last: readonly [id: string, place: string] | null;
}

/**
 * The statement for a page as JSON. PostgreSQL writes it in one go, where the driver would read each
 * value of each row, for this program to write it again. (It looks up a row's types once for all rows;
 * json_build_object would do so for each, and take twice as long.)
 */
export function writtenListStatement(userId: string, query: TaskQuery): Statement {
  const { text, values } = listStatement(userId, query, WRITTEN_COLUMNS);
  const all = `$${values.length}`;
  return {
    text:
      `with found as materialized (${text}), ` +
      `page as (select ${WRITTEN_NAMES} from found limit ${all} - 1) ` +
      `select coalesce((select json_agg(page)::text from page), '[]') as tasks, ` +
      `(select array[id::text, place] from found where (select count(*) from found) = ${all} ` +
      `offset ${all} - 2 limit 1) as last`,
    values,
  };
}

/** The cursor that leads behind a row of the list. */
export function cursorAfter(row: Pick<PlacedRow, "id" | "place">, query: TaskQuery): string {
  const { sort = "createdAt" } = query;
  const order = `${sort} ${query.order ?? ORDERS[sort].usual}`;
  return writeCursor({ order, key: row.place, id: row.id });
}

function filterConditions(filter: TaskFilter, value: (given: unknown) => string): string[] {
  const { completed, priority, tag, dueFrom, dueTo, search } = filter;
  const conditions: string[] = [];
  if (completed !== undefined) conditions.push(`completed = ${value(completed)}`);
  if (priority !== undefined && priority.length > 0) {
    conditions.push(`priority = any (${value(priority.map(priorityNumber))}::smallint[])`);
  }
  if (tag !== undefined && tag.length > 0) {
    conditions.push(`tags @> ${value(tag.map((one) => one.trim().toLowerCase()))}::text[]`);
  }
  if (dueFrom !== undefined) conditions.push(`due_date >= ${value(dueFrom)}::date`);
  if (dueTo !== undefined) conditions.push(`due_date <= ${value(dueTo)}::date`);
  for (const word of search?.split(/\s+/).filter((part) => part !== "") ?? []) {
    // % and _ are themselves here, and not "anything".
    const pattern = value(`%${word.replace(/[\\%_]/g, "\\$&")}%`);
    conditions.push(
      `(title ilike ${pattern} or description ilike ${pattern} ` +
        `or array_to_string(tags, ' ') ilike ${pattern})`,
    );
  }
  return conditions;
}
