import { addDays, today } from "../../lib/dates.ts";

/** The labels of the priorities, in the order of the list. */
export const priorityLabels = { low: "Low", medium: "Medium", high: "High" } as const;

/** The choices of each filter and of the sort order, with their labels in the order of the lists. */
export const filterOptions = {
  status: { all: "All", open: "Open", done: "Done" },
  priority: { any: "Any", ...priorityLabels },
  due: { any: "Any time", overdue: "Overdue", today: "Today", week: "Next 7 days" },
  sort: {
    createdAt: "Newest first",
    dueDate: "Due first",
    priority: "Most important first",
    title: "By title",
    updatedAt: "Changed last first",
  },
} as const;

/** The name of a filter with a fixed set of choices. */
export type FilterName = keyof typeof filterOptions;

/** The chosen value of each filter. */
type FilterValues = {
  readonly [Name in FilterName]: keyof (typeof filterOptions)[Name];
};

/** Selects tasks and their order. */
export interface TaskQuery extends FilterValues {
  /** Words that a task must contain; "" for any task. */
  readonly search: string;
  /** Tags that a task must have, all of them. */
  readonly tags: readonly string[];
}

/** Selects all tasks, newest first. */
export const defaultQuery: TaskQuery = {
  search: "",
  status: "all",
  priority: "any",
  due: "any",
  tags: [],
  sort: "createdAt",
};

/** Returns whether the query may exclude tasks. */
export function isFiltered({ search, status, priority, due, tags }: TaskQuery): boolean {
  const any = status === "all" && priority === "any" && due === "any" && tags.length === 0;
  return !any || search.trim() !== "";
}

/** Returns the API's query parameters. Due dates are relative to the local date at `now`. */
export function toApiParameters(query: TaskQuery, now = new Date()): URLSearchParams {
  const parameters = new URLSearchParams({ sort: query.sort });
  const search = query.search.trim();
  if (search !== "") parameters.set("search", search);
  if (query.status !== "all") parameters.set("completed", String(query.status === "done"));
  if (query.priority !== "any") parameters.set("priority", query.priority);
  for (const tag of query.tags) parameters.append("tag", tag);
  const date = today(now);
  if (query.due === "overdue") {
    parameters.set("dueTo", addDays(date, -1));
    // A completed task is no longer overdue.
    if (query.status === "all") parameters.set("completed", "false");
  } else if (query.due !== "any") {
    parameters.set("dueFrom", date);
    parameters.set("dueTo", query.due === "today" ? date : addDays(date, 6));
  }
  return parameters;
}
