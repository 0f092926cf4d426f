"use client";

import { useEffect, useRef } from "react";
import { isFiltered, type TaskQuery } from "../lib/task-query.ts";
import type { Task } from "../lib/tasks-api.ts";
import type { TaskList } from "../lib/use-tasks.ts";
import { NewTaskForm } from "./new-task-form.tsx";
import { Problem } from "./problem.tsx";
import { TaskFilters } from "./task-filters.tsx";
import { TaskItem } from "./task-item.tsx";

/** What the board needs. */
export interface TaskBoardProps {
  readonly list: TaskList;
  readonly query: TaskQuery;
  readonly setQuery: (query: TaskQuery) => void;
}

/** Puts the focus on the task at a place, or else where the next one is typed, when the list has changed so. */
interface FocusMove {
  readonly index: number;
  readonly when: (tasks: readonly Task[]) => boolean;
}

/** The list, the forms above it, and what there is to say about them. */
export function TaskBoard({ list, query, setQuery }: TaskBoardProps) {
  const { tasks, hasMore, stale, problem, notice, deleted } = list;
  const input = useRef<HTMLInputElement>(null);
  const items = useRef<HTMLUListElement>(null);
  const filtered = isFiltered(query);

  // The button that had the focus goes with its task, or moves; the keyboard must not be lost with it.
  const move = useRef<FocusMove>(undefined);
  useEffect(() => {
    if (move.current === undefined || tasks === undefined || !move.current.when(tasks)) return;
    const boxes = items.current?.querySelectorAll<HTMLElement>("li input[type=checkbox]") ?? [];
    (boxes[Math.min(move.current.index, boxes.length - 1)] ?? input.current)?.focus();
    move.current = undefined;
  }, [tasks]);

  const remove = async (task: Task) => {
    const index = tasks?.indexOf(task) ?? 0;
    move.current = { index, when: (now) => now.every(({ id }) => id !== task.id) };
    const outcome = await list.remove(task);
    if (outcome !== "done") move.current = undefined;
    return outcome;
  };
  const showMore = async (): Promise<void> => {
    const index = tasks?.length ?? 0;
    move.current = { index, when: (now) => now.length > index };
    if (!(await list.showMore())) move.current = undefined;
  };

  return (
    <section className="panel board" aria-label="Tasks">
      <NewTaskForm input={input} add={list.add} />
      <TaskFilters query={query} setQuery={setQuery} />
      {problem !== undefined && (
        <Problem text={problem}>
          <button type="button" onClick={() => void list.reload()}>
            Try again
          </button>
        </Problem>
      )}
      {tasks === undefined && problem === undefined && (
        <p className="notice" role="status">
          Loading the list…
        </p>
      )}
      {tasks?.length === 0 && (
        <p className="notice">
          {filtered
            ? "No task is like that."
            : "Nothing to do. Add the first task above, or ask the chat."}
        </p>
      )}
      {tasks !== undefined && tasks.length > 0 && (
        <>
          <h2>{inWords(tasks, hasMore)}</h2>
          <ul className="tasks" ref={items} aria-busy={stale}>
            {tasks.map((task) => (
              <TaskItem
                key={task.id}
                task={task}
                change={list.change}
                remove={remove}
                complain={list.setProblem}
                pickTag={(tag) => setQuery({ ...query, tags: [...new Set([...query.tags, tag])] })}
              />
            ))}
          </ul>
          {hasMore && !stale && (
            <button type="button" className="more" onClick={() => void showMore()}>
              Show more tasks
            </button>
          )}
        </>
      )}
      {deleted !== undefined && (
        <p className="undo row">
          <span>Deleted “{deleted.title}”.</span>
          <button type="button" onClick={() => void list.restore()}>
            Undo
          </button>
        </p>
      )}
      <p className="visually-hidden" role="status">
        {notice}
      </p>
    </section>
  );
}

function inWords(tasks: readonly Task[], hasMore: boolean): string {
  if (hasMore) return `The first ${tasks.length} tasks`;
  return `${tasks.filter((task) => task.completed).length} of ${tasks.length} done`;
}
