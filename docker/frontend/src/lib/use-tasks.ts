"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { addTask, changeTask, deleteTask, listTasks } from "./tasks-api.ts";
import type { Task, TaskChange } from "./tasks-api.ts";

/** How often a list that was not had yet is asked for again. */
const RETRY_MS = 5000;

/** The list and what can be done to it. Actions tell by false that they failed. */
export interface Tasks {
  /** Undefined until the list was read for the first time. */
  readonly tasks: readonly Task[] | undefined;
  /** What went wrong last, until something goes right. */
  readonly problem: string | undefined;
  /** What was just done, for screen readers. */
  readonly notice: string;
  readonly add: (title: string) => Promise<boolean>;
  readonly change: (id: string, change: TaskChange) => Promise<boolean>;
  readonly remove: (id: string) => Promise<boolean>;
  readonly reload: () => Promise<boolean>;
}

/** Keeps the list in step with the API: each change is shown when the API has confirmed it. */
export function useTasks(): Tasks {
  const [tasks, setTasks] = useState<readonly Task[]>();
  const [problem, setProblem] = useState<string>();
  const [notice, setNotice] = useState("");

  const attempt = useCallback(async (what: string, action: () => Promise<void>) => {
    try {
      await action();
      setProblem(undefined);
      setNotice(what);
      return true;
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      return false;
    }
  }, []);

  /** Counts what was done here, so that an answer from before it is not taken for the newest. */
  const changes = useRef(0);

  const reload = useCallback(
    () =>
      attempt("", async () => {
        let list: readonly Task[];
        let before: number;
        do {
          before = changes.current;
          list = await listTasks();
        } while (before !== changes.current);
        setTasks(list);
      }),
    [attempt],
  );

  useEffect(() => {
    void reload();
    // Another window, or later the chat, may have changed the list in the meantime.
    const refresh = (): void => void reload();
    window.addEventListener("focus", refresh);
    return () => {
      window.removeEventListener("focus", refresh);
    };
  }, [reload]);

  useEffect(() => {
    // Until the list was read once, it is asked for again and again.
    if (tasks !== undefined) return undefined;
    const timer = setInterval(() => void reload(), RETRY_MS);
    return () => {
      clearInterval(timer);
    };
  }, [tasks, reload]);

  const add = (title: string): Promise<boolean> =>
    attempt(`Added ${title}`, async () => {
      const task = await addTask(title);
      changes.current += 1;
      setTasks((before) => before && [task, ...before.filter(({ id }) => id !== task.id)]);
    });

  const change = (id: string, wanted: TaskChange): Promise<boolean> =>
    attempt(wanted.completed === true ? "Completed" : "Changed", async () => {
      const task = await changeTask(id, wanted);
      changes.current += 1;
      setTasks((before) => before?.map((one) => (one.id === id ? task : one)));
    });

  const remove = (id: string): Promise<boolean> =>
    attempt("Deleted", async () => {
      await deleteTask(id);
      changes.current += 1;
      setTasks((before) => before?.filter((one) => one.id !== id));
    });

  return { tasks, problem, notice, add, change, remove, reload };
}
