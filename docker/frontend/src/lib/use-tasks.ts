"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { ApiError, messageOf } from "./api.ts";
import { PAGE, readMore, readTasks } from "./task-pages.ts";
import { isFiltered, type TaskQuery, toParameters } from "./task-query.ts";
import { addTask, changeTask, deleteTask, readTask } from "./tasks-api.ts";
import type { Task, TaskFields, TaskPage } from "./tasks-api.ts";

/** How often a list that can't be read is asked for again. */
const RETRY_MS = 5000;

/** How a change ended. "conflict": the task was changed elsewhere; the list shows it as it is now. */
export type Outcome = "done" | "failed" | "conflict";

/** The list and what can be done to it. */
export interface TaskList {
  /** Undefined until the list was read for the first time. */
  readonly tasks: readonly Task[] | undefined;
  readonly hasMore: boolean;
  /** True while what is shown answers an earlier query. */
  readonly stale: boolean;
  /** What went wrong last, until something goes right. */
  readonly problem: string | undefined;
  readonly setProblem: (problem: string | undefined) => void;
  /** What was just done, for screen readers. */
  readonly notice: string;
  /** The task that was deleted last, while that can be undone. */
  readonly deleted: Task | undefined;
  readonly add: (fields: Partial<TaskFields>) => Promise<boolean>;
  readonly change: (task: Task, change: Partial<TaskFields>) => Promise<Outcome>;
  readonly remove: (task: Task) => Promise<Outcome>;
  readonly restore: () => Promise<boolean>;
  readonly reload: () => Promise<boolean>;
  readonly showMore: () => Promise<boolean>;
}

/** Keeps the list in step with the API: each change is shown when the API has confirmed it. */
export function useTasks(query: TaskQuery): TaskList {
  const [page, setPage] = useState<TaskPage>();
  const [shown, setShown] = useState<TaskQuery>();
  const [problem, setProblem] = useState<string>();
  const [notice, setNotice] = useState("");
  const [deleted, setDeleted] = useState<Task>();

  /** Counts what was done here, so that an answer from before it is not taken for the newest. */
  const changes = useRef(0);
  /** Counts the times that the list was asked for; only the newest answer is shown. */
  const readings = useRef(0);
  const length = useRef(0);
  useEffect(() => {
    length.current = shown === query ? (page?.tasks.length ?? 0) : 0;
  });

  const attempt = useCallback(async (action: () => Promise<void>, what?: string) => {
    try {
      await action();
      setProblem(undefined);
      if (what !== undefined) setNotice(what);
      return true;
    } catch (error) {
      setProblem(messageOf(error));
      return false;
    }
  }, []);

  const read = useCallback(
    async (more?: TaskPage): Promise<void> => {
      const reading = (readings.current += 1);
      let next: TaskPage;
      let before: number;
      do {
        before = changes.current;
        const parameters = toParameters(query);
        next = await (more === undefined
          ? readTasks(parameters, Math.max(PAGE, length.current))
          : readMore(parameters, more));
      } while (before !== changes.current && reading === readings.current);
      if (reading !== readings.current) return;
      setPage(next);
      setShown(query);
    },
    [query],
  );
  const reload = useCallback(() => attempt(() => read()), [attempt, read]);

  useEffect(() => {
    void reload();
    // Another window may have changed the list, or the network may have been away.
    const refresh = (): void => void reload();
    window.addEventListener("focus", refresh);
    window.addEventListener("online", refresh);
    return () => {
      window.removeEventListener("focus", refresh);
      window.removeEventListener("online", refresh);
    };
  }, [reload]);

  const stale = shown !== query;
  useEffect(() => {
    // Until there is an answer, it is asked for again and again.
    if (!stale) return undefined;
    const timer = setInterval(() => void reload(), RETRY_MS);
    return () => clearInterval(timer);
  }, [stale, reload]);

  const update = (change: (tasks: readonly Task[]) => readonly Task[]): void => {
    changes.current += 1;
    setPage((before) => before && { ...before, tasks: change(before.tasks) });
  };
  const replace = (task: Task): void =>
    update((tasks) => tasks.map((one) => (one.id === task.id ? task : one)));
  const drop = (id: string): void => update((tasks) => tasks.filter((one) => one.id !== id));

  const create = async (fields: Partial<TaskFields>): Promise<void> => {
    const task = await addTask(fields);
    update((tasks) => [task, ...tasks.filter(({ id }) => id !== task.id)]);
    // Where it belongs among others, and whether at all, the API knows.
    if (isFiltered(query) || query.sort !== "createdAt") await read();
  };

  /** Does something to a task as it is shown, and finds out what became of it if it is another by now. */
  const act = async (task: Task, what: string, action: () => Promise<void>): Promise<Outcome> => {
    let outcome = "done" as Outcome;
    const ended = await attempt(async () => {
      try {
        await action();
      } catch (error) {
        if (!(error instanceof ApiError) || (error.status !== 412 && error.status !== 404))
          throw error;
        outcome = "conflict";
        await look(task, error.status);
      }
    });
    if (!ended) return "failed";
    if (outcome === "done") setNotice(what);
    return outcome;
  };
  const look = async (task: Task, status: number): Promise<void> => {
    try {
      if (status === 412) {
        replace(await readTask(task.id));
        return;
      }
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 404)) throw error;
    }
    drop(task.id);
    throw new ApiError(`“${task.title}” is not there any more: it was deleted elsewhere.`, 404);
  };

  return {
    ...{ tasks: page?.tasks, hasMore: (page?.nextCursor ?? null) !== null, stale },
    ...{ problem, setProblem, notice, deleted, reload },
    add: (fields) => {
      setDeleted(undefined);
      return attempt(() => create(fields), `Added ${fields.title ?? ""}`);
    },
    change: (task, wanted) => {
      const what =
        wanted.completed === undefined ? "Changed" : wanted.completed ? "Completed" : "Reopened";
      return act(task, `${what} ${task.title}`, async () =>
        replace(await changeTask(task, wanted)),
      );
    },
    remove: (task) =>
      act(task, `Deleted ${task.title}`, async () => {
        try {
          await deleteTask(task);
          setDeleted(task);
        } catch (error) {
          // Gone is gone, whoever did it.
          if (!(error instanceof ApiError && error.status === 404)) throw error;
        }
        drop(task.id);
      }),
    restore: async () => {
      if (deleted === undefined) return false;
      const { title, description, priority, dueDate, tags, completed } = deleted;
      const fields = { title, description, priority, dueDate, tags, completed };
      const restored = await attempt(() => create(fields), `Brought back ${title}`);
      if (restored) setDeleted(undefined);
      return restored;
    },
    showMore: () => attempt(() => read(page), "More tasks are shown"),
  };
}
