"use client";

import { type ReactElement, useEffect, useRef } from "react";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { NewTaskForm } from "./new-task-form.tsx";
import { TaskFilters } from "./task-filters.tsx";
import { TaskItem } from "./task-item.tsx";
import { isFiltered, type TaskQuery } from "./task-query.ts";
import type { Task } from "./tasks-api.ts";
import type { ChangeResult, TaskList } from "./use-task-list.ts";

/** The props of the TaskBoard. */
export interface TaskBoardProps {
  readonly list: TaskList;
  readonly query: TaskQuery;
  readonly setQuery: (query: TaskQuery) => void;
}

/** A pending move of the focus to a task, or to the new task's title when the list is empty. */
interface FocusMove {
  /** Index of the task; the last task if there are fewer. */
  readonly index: number;
  /** Whether the list has changed as expected, so that the focus moves now. */
  readonly isDue: (tasks: readonly Task[]) => boolean;
}

/** The task list with its forms and notices. */
export function TaskBoard({ list, query, setQuery }: TaskBoardProps): ReactElement {
  const { tasks, hasMore, stale, problem, notice, deletedTask } = list;
  const titleInput = useRef<HTMLInputElement>(null);
  const items = useRef<HTMLUListElement>(null);

  // The button that has the focus is removed or moves. Keyboard users must not lose their place.
  const focusMove = useRef<FocusMove>(undefined);
  useEffect(() => {
    if (tasks === undefined || focusMove.current?.isDue(tasks) !== true) return;
    const boxes = items.current?.querySelectorAll<HTMLElement>("li input[type=checkbox]") ?? [];
    (boxes[Math.min(focusMove.current.index, boxes.length - 1)] ?? titleInput.current)?.focus();
    focusMove.current = undefined;
  }, [tasks]);

  const handleRemove = async (task: Task): Promise<ChangeResult> => {
    const index = tasks?.indexOf(task) ?? 0;
    focusMove.current = { index, isDue: (now) => now.every(({ id }) => id !== task.id) };
    const result = await list.remove(task);
    if (result !== "done") focusMove.current = undefined;
    return result;
  };
  const handleShowMore = async (): Promise<void> => {
    const index = tasks?.length ?? 0;
    focusMove.current = { index, isDue: (now) => now.length > index };
    if (!(await list.showMore())) focusMove.current = undefined;
  };

  return (
    <section className="panel board" aria-label="Tasks">
      <NewTaskForm inputRef={titleInput} onAdd={list.add} />
      <TaskFilters query={query} setQuery={setQuery} />
      {problem !== undefined && (
        <ProblemNotice text={problem}>
          <button type="button" onClick={() => void list.reload()}>
            Try again
          </button>
        </ProblemNotice>
      )}
      {tasks === undefined && problem === undefined && (
        <p className="notice" role="status">
          Loading the list…
        </p>
      )}
      {tasks?.length === 0 && (
        <p className="notice">
          {isFiltered(query)
            ? "No task is like that."
            : "Nothing to do. Add the first task above, or ask the chat."}
        </p>
      )}
      {tasks !== undefined && tasks.length > 0 && (
        <>
          <h2>{summary(tasks, hasMore)}</h2>
          <ul className="tasks" ref={items} aria-busy={stale}>
            {tasks.map((task) => (
              <TaskItem
                key={task.id}
                task={task}
                onChange={list.change}
                onRemove={handleRemove}
                onConflict={list.setProblem}
                onTagClick={(tag) =>
                  setQuery({ ...query, tags: [...new Set([...query.tags, tag])] })
                }
              />
            ))}
          </ul>
          {hasMore && !stale && (
            <button type="button" className="more" onClick={() => void handleShowMore()}>
              Show more tasks
            </button>
          )}
        </>
      )}
      {deletedTask !== undefined && (
        <p className="undo row">
          <span>Deleted “{deletedTask.title}”.</span>
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

function summary(tasks: readonly Task[], hasMore: boolean): string {
  if (hasMore) return `The first ${tasks.length} tasks`;
  return `${tasks.filter((task) => task.completed).length} of ${tasks.length} done`;
}
