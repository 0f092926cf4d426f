import { addDays, today } from "./dates.ts";
import type { Priority } from "./tasks-api.ts";

/** Which tasks are shown, and in which order. */
export interface TaskQuery {
  readonly search: string;
  readonly status: "all" | "open" | "done";
  readonly priority: "any" | Priority;
  readonly due: "any" | "overdue" | "today" | "week";
  /** A task has to have all of them. */
  readonly tags: readonly string[];
  readonly sort: "createdAt" | "dueDate" | "priority" | "title" | "updatedAt";
}

/** Every task, newest first. */
export const EVERYTHING: TaskQuery = {
  search: "",
  status: "all",
  priority: "any",
  due: "any",
  tags: [],
  sort: "createdAt",
};

/** Whether any task may be left out. */
export function isFiltered({ search, status, priority, due, tags }: TaskQuery): boolean {
  const any = status === "all" && priority === "any" && due === "any" && tags.length === 0;
  return !any || search.trim() !== "";
}

/** The query as the API takes it. */
export function toParameters(query: TaskQuery, now = new Date()): URLSearchParams {
  const parameters = new URLSearchParams({ sort: query.sort });
  const search = query.search.trim();
  if (search !== "") parameters.set("search", search);
  if (query.status !== "all") parameters.set("completed", String(query.status === "done"));
  if (query.priority !== "any") parameters.set("priority", query.priority);
  for (const tag of query.tags) parameters.append("tag", tag);
  const day = today(now);
  if (query.due === "overdue") {
    parameters.set("dueTo", addDays(day, -1));
    // What is done isn't late any more.
    if (query.status === "all") parameters.set("completed", "false");
  } else if (query.due !== "any") {
    parameters.set("dueFrom", day);
    parameters.set("dueTo", query.due === "today" ? day : addDays(day, 6));
  }
  return parameters;
}
