import { decodeCursor, encodeCursor, timestampPattern } from "../lib/page-cursor.ts";
import { DEFAULT_PAGE_SIZE } from "../lib/schemas.ts";
import type { TaskQuery } from "./schemas.ts";
import {
  priorityNumber,
  TASK_COLUMNS,
  TASK_JSON_COLUMNS,
  TASK_JSON_NAMES,
  type TaskRow,
} from "./task-row.ts";

/** A row with its sort key, which a cursor holds. */
export type SortedRow = TaskRow & { readonly sort_key: string };

interface SortOrder {
  readonly expression: string;
  readonly type: string;
  readonly direction: "asc" | "desc";
  /** What its sort key looks like in a cursor. */
  readonly keyPattern: RegExp;
}

const sortOrders: Readonly<Record<NonNullable<TaskQuery["sort"]>, SortOrder>> = {
  createdAt: timestampOrder("created_at"),
  updatedAt: timestampOrder("updated_at"),
  dueDate: {
    expression: "due_date",
    type: "date",
    direction: "asc",
    keyPattern: /^(\d{4}-\d\d-\d\d|-?infinity)$/,
  },
  priority: {
    // Not the JSON column, which has the same name.
    expression: "tasks.priority",
    type: "smallint",
    direction: "desc",
    keyPattern: /^[123]$/,
  },
  title: {
    // Otherwise all capitals would come before all small letters.
    expression: "lower(title)",
    type: "text",
    direction: "asc",
    keyPattern: /^[^\0]{1,800}$/su,
  },
};

function timestampOrder(expression: string): SortOrder {
  return {
    ...{ expression, type: "timestamptz", direction: "desc" as const },
    keyPattern: timestampPattern,
  };
}

/** An SQL statement with its parameters. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * Returns the statement that selects one page of a user's tasks, and one row more, which shows
 * that the list goes on.
 */
export function listStatement(
  userId: string,
  query: TaskQuery,
  columns: string = TASK_COLUMNS,
): Statement {
  const { sort = "createdAt", limit = DEFAULT_PAGE_SIZE } = query;
  const { expression, type, keyPattern } = sortOrders[sort];
  const direction = directionOf(query);
  // Tasks without a due date come last in both directions.
  const noDate = direction === "asc" ? "infinity" : "-infinity";
  const key = sort === "dueDate" ? `coalesce(due_date, '${noDate}'::date)` : expression;

  const values: unknown[] = [userId];
  const parameter = (value: unknown): string => `$${values.push(value)}`;
  const conditions = ["user_id = $1", ...filterConditions(query, parameter)];
  if (query.cursor !== undefined) {
    const after = decodeCursor(query.cursor, `${sort} ${direction}`, keyPattern);
    const operator = direction === "asc" ? ">" : "<";
    conditions.push(
      `(${key}, id) ${operator} (${parameter(after.key)}::${type}, ${parameter(after.id)}::uuid)`,
    );
  }
  return {
    text:
      `select ${columns}, (${key})::text as sort_key from tasks ` +
      `where ${conditions.join(" and ")} ` +
      `order by ${key} ${direction}, id ${direction} limit ${parameter(limit + 1)}`,
    values,
  };
}

/** A page that PostgreSQL has converted to JSON. */
export interface JsonPage {
  /** The JSON of the tasks. */
  readonly tasks: string;
  /** The last task's id and sort key; null on the last page. */
  readonly last: readonly [id: string, sortKey: string] | null;
}

/**
 * Returns the statement that selects a JsonPage. PostgreSQL writes the JSON faster than pg can
 * parse every value for this program to write it again. (json_agg looks up the type of its rows
 * once; json_build_object would do so for each row and take twice as long.)
 */
export function jsonListStatement(userId: string, query: TaskQuery): Statement {
  const { text, values } = listStatement(userId, query, TASK_JSON_COLUMNS);
  const limit = `$${values.length}`;
  return {
    text:
      `with found as materialized (${text}), ` +
      `page as (select ${TASK_JSON_NAMES} from found limit ${limit} - 1) ` +
      `select coalesce((select json_agg(page)::text from page), '[]') as tasks, ` +
      `(select array[id::text, sort_key] from found ` +
      `where (select count(*) from found) = ${limit} offset ${limit} - 2 limit 1) as last`,
    values,
  };
}

/** Returns the cursor of the page that begins after a task. */
export function cursorAfter(id: string, sortKey: string, query: TaskQuery): string {
  const order = `${query.sort ?? "createdAt"} ${directionOf(query)}`;
  return encodeCursor({ order, key: sortKey, id });
}

function directionOf({ sort = "createdAt", order }: TaskQuery): "asc" | "desc" {
  return order ?? sortOrders[sort].direction;
}

function filterConditions(query: TaskQuery, parameter: (value: unknown) => string): string[] {
  const { completed, priority, tag, dueFrom, dueTo, search } = query;
  const conditions: string[] = [];
  if (completed !== undefined) conditions.push(`completed = ${parameter(completed)}`);
  if (priority !== undefined && priority.length > 0) {
    conditions.push(`priority = any (${parameter(priority.map(priorityNumber))}::smallint[])`);
  }
  if (tag !== undefined && tag.length > 0) {
    conditions.push(`tags @> ${parameter(tag.map((one) => one.trim().toLowerCase()))}::text[]`);
  }
  if (dueFrom !== undefined) conditions.push(`due_date >= ${parameter(dueFrom)}::date`);
  if (dueTo !== undefined) conditions.push(`due_date <= ${parameter(dueTo)}::date`);
  for (const word of search?.split(/\s+/).filter((part) => part !== "") ?? []) {
    // % and _ stand for themselves.
    const pattern = parameter(`%${word.replace(/[\\%_]/g, "\\$&")}%`);
    conditions.push(
      `(title ilike ${pattern} or description ilike ${pattern} ` +
        `or array_to_string(tags, ' ') ilike ${pattern})`,
    );
  }
  return conditions;
}
