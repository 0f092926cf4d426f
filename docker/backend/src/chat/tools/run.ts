import type { Queries } from "../../db/database.ts";
import type { TaskFilter, TaskQuery } from "../../tasks/query.ts";
import { type Changed, TaskStore } from "../../tasks/store.ts";
import type { NewTask, TaskChange } from "../../tasks/task.ts";
import type { ToolCall, ToolResult } from "../types.ts";
import { SHOWN_MAX, wrongArguments } from "./definitions.ts";

/** What is wrong where the task to change is gone, or somebody else's. */
export const NO_TASK = "there is no task with this id";

type SearchArgs = TaskFilter & { readonly query: string };

/**
 * Runs a tool on the tasks of one user. Whoever chose the tool and its arguments, a model or the text
 * of a task that has talked it into something, can't choose the user: that one is part of the session.
 */
export async function runTool(
  queries: Queries,
  userId: string,
  { name, args }: ToolCall,
): Promise<ToolResult> {
  const wrong = wrongArguments(name, args);
  if (wrong !== undefined) return failed(wrong);
  const store = new TaskStore(queries, userId);
  switch (name) {
    case "add_task":
      return one(await store.create(args as unknown as NewTask));
    case "list_tasks": {
      const { ids, ...query } = args as TaskQuery & { readonly ids?: readonly string[] };
      if (ids === undefined) return list(store, query);
      return { ok: true, tasks: await store.byIds(ids), changed: false };
    }
    case "search_tasks": {
      const { query, ...rest } = args as unknown as SearchArgs;
      return list(store, { ...rest, search: query });
    }
    case "update_task": {
      const { id, ...change } = args as TaskChange & { readonly id: string };
      if (Object.keys(change).length === 0) return failed("arguments name nothing to change");
      return one(await store.update(id, change));
    }
    case "complete_task": {
      const { id, completed = true } = args as {
        readonly id: string;
        readonly completed?: boolean;
      };
      return one(await store.update(id, { completed }));
    }
    case "delete_task":
      return one(await store.remove((args as { readonly id: string }).id));
  }
}

async function list(store: TaskStore, query: TaskQuery): Promise<ToolResult> {
  const { tasks, nextCursor } = await store.list({ ...query, limit: query.limit ?? SHOWN_MAX });
  return { ok: true, tasks, more: nextCursor !== null, changed: false };
}

function one(task: Changed): ToolResult {
  if (typeof task === "string") return failed(NO_TASK);
  return { ok: true, tasks: [task], changed: true };
}

/** A tool that has done nothing. */
export function failed(error: string): ToolResult {
  return { ok: false, error, tasks: [], changed: false };
}
