"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { errorMessage } from "../../lib/error-message.ts";
import { PAGE_SIZE, readFirstTasks, readMoreTasks } from "./task-pages.ts";
import { type TaskQuery, toApiParameters } from "./task-query.ts";
import type { Task, TaskPage } from "./tasks-api.ts";

/** Interval between attempts to read a list that could not be read yet, in milliseconds. */
const RETRY_INTERVAL_MS = 5000;

/** The loaded part of the task list. */
export interface TaskPages {
  /** Undefined until the list has been read for the first time. */
  readonly page: TaskPage | undefined;
  /** True while `page` is the answer to an earlier query. */
  readonly stale: boolean;
  /** The last error; undefined after the next success. */
  readonly problem: string | undefined;
  readonly setProblem: (problem: string | undefined) => void;
  /** Runs an action and stores its error as `problem`. Returns whether it succeeded. */
  readonly attempt: (action: () => Promise<void>) => Promise<boolean>;
  /** Reads the list again, or with `loaded` the next page. Throws an ApiError. */
  readonly read: (loaded?: TaskPage) => Promise<void>;
  /** Reads the list again. Returns whether that succeeded. */
  readonly reload: () => Promise<boolean>;
  /** Applies a change, which the API has confirmed, to the loaded tasks. */
  readonly update: (change: (tasks: readonly Task[]) => readonly Task[]) => void;
}

/**
 * Loads the tasks that match a query. They are read again when the window gets the focus, when the
 * network comes back, and every 5 s until the first answer to a query.
 */
export function useTaskPages(query: TaskQuery): TaskPages {
  const [page, setPage] = useState<TaskPage>();
  const [shownQuery, setShownQuery] = useState<TaskQuery>();
  const [problem, setProblem] = useState<string>();

  /** Number of local changes: an answer from before the last one is outdated. */
  const changes = useRef(0);
  /** Number of requests for the list: only the answer to the last one is shown. */
  const readings = useRef(0);
  const length = useRef(0);
  useEffect(() => {
    length.current = shownQuery === query ? (page?.tasks.length ?? 0) : 0;
  });

  const attempt = useCallback(async (action: () => Promise<void>): Promise<boolean> => {
    try {
      await action();
      setProblem(undefined);
      return true;
    } catch (error) {
      setProblem(errorMessage(error));
      return false;
    }
  }, []);

  const read = useCallback(
    async (loaded?: TaskPage): Promise<void> => {
      const reading = (readings.current += 1);
      let next: TaskPage;
      let changesBefore: number;
      do {
        changesBefore = changes.current;
        const parameters = toApiParameters(query);
        next = await (loaded === undefined
          ? readFirstTasks(parameters, Math.max(PAGE_SIZE, length.current))
          : readMoreTasks(parameters, loaded));
      } while (changesBefore !== changes.current && reading === readings.current);
      if (reading !== readings.current) return;
      setPage(next);
      setShownQuery(query);
    },
    [query],
  );
  const reload = useCallback(() => attempt(() => read()), [attempt, read]);

  useEffect(() => {
    void reload();
    const refresh = (): void => void reload();
    window.addEventListener("focus", refresh);
    window.addEventListener("online", refresh);
    return () => {
      window.removeEventListener("focus", refresh);
      window.removeEventListener("online", refresh);
    };
  }, [reload]);

  const stale = shownQuery !== query;
  useEffect(() => {
    if (!stale) return undefined;
    const timer = setInterval(() => void reload(), RETRY_INTERVAL_MS);
    return () => clearInterval(timer);
  }, [stale, reload]);

  const update = (change: (tasks: readonly Task[]) => readonly Task[]): void => {
    changes.current += 1;
    setPage((before) => before && { ...before, tasks: change(before.tasks) });
  };

  return { page, stale, problem, setProblem, attempt, read, reload, update };
}
