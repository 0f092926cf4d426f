import type { Queries } from "../../database/database.ts";
import { DomainError } from "../../errors.ts";
import type { Task, TaskQuery } from "../../tasks/schemas.ts";
import { TaskStore } from "../../tasks/store.ts";
import type { ToolCall, ToolResult } from "../types.ts";
import { MAX_TASKS, type ToolArguments, validateArguments } from "./definitions.ts";

/** The error of a tool whose task doesn't exist or belongs to another user. */
export const NO_SUCH_TASK = "there is no task with this id";

/**
 * Runs a tool on the tasks of one user. The arguments come from a model, which the text of a task
 * can influence, so they can't name a user: that one is part of the session.
 */
export async function runTool(
  queries: Queries,
  userId: string,
  { name, args }: ToolCall,
): Promise<ToolResult> {
  const error = validateArguments(name, args);
  if (error !== undefined) return failedResult(error);
  const store = new TaskStore(queries, userId);
  switch (name) {
    case "add_task":
      return changed(store.create(args as ToolArguments<"add_task">));
    case "list_tasks": {
      const { ids, ...query } = args as ToolArguments<"list_tasks">;
      if (ids === undefined) return list(store, query);
      return { ok: true, tasks: await store.findByIds(ids), changed: false };
    }
    case "search_tasks": {
      const { query, ...filter } = args as ToolArguments<"search_tasks">;
      return list(store, { ...filter, search: query });
    }
    case "update_task": {
      const { id, ...change } = args as ToolArguments<"update_task">;
      if (Object.keys(change).length > 0) return changed(store.update(id, change));
      return failedResult("arguments name nothing to change");
    }
    case "complete_task": {
      const { id, completed = true } = args as ToolArguments<"complete_task">;
      return changed(store.update(id, { completed }));
    }
    case "delete_task":
      return changed(store.remove((args as ToolArguments<"delete_task">).id));
  }
}

async function list(store: TaskStore, query: TaskQuery): Promise<ToolResult> {
  const { tasks, nextCursor } = await store.list({ ...query, limit: query.limit ?? MAX_TASKS });
  return { ok: true, tasks, more: nextCursor !== null, changed: false };
}

async function changed(change: Promise<Task>): Promise<ToolResult> {
  try {
    return { ok: true, tasks: [await change], changed: true };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return failedResult(NO_SUCH_TASK);
  }
}

/** Returns the result of a tool that did nothing. */
export function failedResult(error: string): ToolResult {
  return { ok: false, error, tasks: [], changed: false };
}
