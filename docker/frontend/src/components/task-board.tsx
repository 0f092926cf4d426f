"use client";

import { useRef } from "react";
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

/** The list, the forms above it, and what there is to say about them. */
export function TaskBoard({ list, query, setQuery }: TaskBoardProps) {
  const { tasks, hasMore, stale, problem, notice, deleted } = list;
  const input = useRef<HTMLInputElement>(null);
  const items = useRef<HTMLUListElement>(null);
  const filtered = isFiltered(query);

  /** Puts the focus on the task at this place, or else where the next one is typed. */
  const focusOn = (index: number): void => {
    const boxes = items.current?.querySelectorAll<HTMLElement>("li input[type=checkbox]") ?? [];
    (boxes[Math.min(index, boxes.length - 1)] ?? input.current)?.focus();
  };
  const remove = async (task: Task) => {
    const index = tasks?.indexOf(task) ?? 0;
    const outcome = await list.remove(task);
    // The button that had the focus is gone with its task; the keyboard must not be lost with it.
    if (outcome === "done") requestAnimationFrame(() => focusOn(index));
    return outcome;
  };
  const showMore = async (): Promise<void> => {
    const index = tasks?.length ?? 0;
    if (await list.showMore()) requestAnimationFrame(() => focusOn(index));
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
