"use client";

import { useState } from "react";
import { ApiError } from "../../lib/api-client.ts";
import { isFiltered, type TaskQuery } from "./task-query.ts";
import type { Task, TaskFields } from "./tasks-api.ts";
import { createTask, deleteTask, readTask, updateTask } from "./tasks-api.ts";
import { useTaskPages } from "./use-task-pages.ts";

/**
 * The result of changing a task. "conflict": the task had changed since it was displayed, nothing was
 * done, and the list now shows its current state.
 */
export type ChangeResult = "done" | "failed" | "conflict";

/** The task list and the actions on it. */
export interface TaskList {
  /** Undefined until the list has been read for the first time. */
  readonly tasks: readonly Task[] | undefined;
  readonly hasMore: boolean;
  /** True while `tasks` is the answer to an earlier query. */
  readonly stale: boolean;
  /** The last error; undefined after the next success. */
  readonly problem: string | undefined;
  readonly setProblem: (problem: string | undefined) => void;
  /** The last successful action, for screen readers. */
  readonly notice: string;
  /** The last deleted task, while it can be restored. */
  readonly deletedTask: Task | undefined;
  /** Adds a task. Returns whether that succeeded. */
  readonly add: (fields: Partial<TaskFields>) => Promise<boolean>;
  readonly change: (task: Task, changes: Partial<TaskFields>) => Promise<ChangeResult>;
  readonly remove: (task: Task) => Promise<ChangeResult>;
  /** Adds the last deleted task again. Returns whether that succeeded. */
  readonly restore: () => Promise<boolean>;
  /** Reads the list again. Returns whether that succeeded. */
  readonly reload: () => Promise<boolean>;
  /** Reads the next page. Returns whether that succeeded. */
  readonly showMore: () => Promise<boolean>;
}

/** Returns the tasks that match a query. A change is shown once the API has confirmed it. */
export function useTaskList(query: TaskQuery): TaskList {
  const { page, stale, problem, setProblem, attempt, read, reload, update } = useTaskPages(query);
  const [notice, setNotice] = useState("");
  const [deletedTask, setDeletedTask] = useState<Task>();

  const attemptWithNotice = async (
    action: () => Promise<void>,
    successNotice: string,
  ): Promise<boolean> => {
    const succeeded = await attempt(action);
    if (succeeded) setNotice(successNotice);
    return succeeded;
  };
  const replace = (task: Task): void =>
    update((tasks) => tasks.map((one) => (one.id === task.id ? task : one)));
  const drop = (id: string): void => update((tasks) => tasks.filter((one) => one.id !== id));

  const create = async (fields: Partial<TaskFields>): Promise<void> => {
    const task = await createTask(fields);
    update((tasks) => [task, ...tasks.filter(({ id }) => id !== task.id)]);
    // Only the API knows whether a query includes the task, and at which position.
    if (isFiltered(query) || query.sort !== "createdAt") await read();
  };

  /** Runs an action on the displayed version of a task. Shows the current state on a conflict. */
  const act = async (
    task: Task,
    successNotice: string,
    action: () => Promise<void>,
  ): Promise<ChangeResult> => {
    let result = "done" as ChangeResult;
    const succeeded = await attempt(async () => {
      try {
        await action();
      } catch (error) {
        if (!isStatus(error, 412) && !isStatus(error, 404)) throw error;
        result = "conflict";
        await showCurrentState(task, isStatus(error, 404));
      }
    });
    if (!succeeded) return "failed";
    if (result === "done") setNotice(successNotice);
    return result;
  };
  const showCurrentState = async (task: Task, isDeleted: boolean): Promise<void> => {
    try {
      if (!isDeleted) {
        replace(await readTask(task.id));
        return;
      }
    } catch (error) {
      if (!isStatus(error, 404)) throw error;
    }
    drop(task.id);
    throw new ApiError(`“${task.title}” is not there any more: it has already been deleted.`, 404);
  };

  return {
    tasks: page?.tasks,
    hasMore: (page?.nextCursor ?? null) !== null,
    ...{ stale, problem, setProblem, notice, deletedTask, reload },
    add: (fields) => {
      setDeletedTask(undefined);
      return attemptWithNotice(() => create(fields), `Added ${fields.title ?? ""}`);
    },
    change: (task, changes) => {
      const { completed } = changes;
      const verb = completed === undefined ? "Changed" : completed ? "Completed" : "Reopened";
      return act(task, `${verb} ${task.title}`, async () =>
        replace(await updateTask(task, changes)),
      );
    },
    remove: (task) =>
      act(task, `Deleted ${task.title}`, async () => {
        try {
          await deleteTask(task);
          setDeletedTask(task);
        } catch (error) {
          // A task that no longer exists needs no deletion.
          if (!isStatus(error, 404)) throw error;
        }
        drop(task.id);
      }),
    restore: async () => {
      if (deletedTask === undefined) return false;
      const { title, description, priority, dueDate, tags, completed } = deletedTask;
      const fields = { title, description, priority, dueDate, tags, completed };
      const restored = await attemptWithNotice(() => create(fields), `Brought back ${title}`);
      if (restored) setDeletedTask(undefined);
      return restored;
    },
    showMore: () => attemptWithNotice(() => read(page), "More tasks are shown"),
  };
}

function isStatus(error: unknown, status: number): boolean {
  return error instanceof ApiError && error.status === status;
}
