import { EVERYTHING, type TaskQuery } from "./task-query.ts";

type Choice = "status" | "priority" | "due" | "sort";

/** What can be chosen; other words in an address are as good as none. */
const CHOICES: { readonly [Name in Choice]: readonly TaskQuery[Name][] } = {
  status: ["all", "open", "done"],
  priority: ["any", "low", "medium", "high"],
  due: ["any", "overdue", "today", "week"],
  sort: ["createdAt", "dueDate", "priority", "title", "updatedAt"],
};

const NAMES = Object.keys(CHOICES) as readonly Choice[];

/** The query as the page's address has it behind its path: "" or, for example, `?search=milk&due=week`. */
export function toAddress(query: TaskQuery): string {
  const parameters = new URLSearchParams();
  const search = query.search.trim();
  if (search !== "") parameters.set("search", search);
  for (const name of NAMES) {
    if (query[name] !== EVERYTHING[name]) parameters.set(name, query[name]);
  }
  for (const tag of query.tags) parameters.append("tag", tag);
  return parameters.size === 0 ? "" : `?${parameters}`;
}

/** The query that an address asks for. What it doesn't say, or says wrong, is as for every task. */
export function fromAddress(parameters: Pick<URLSearchParams, "get" | "getAll">): TaskQuery {
  const choice = <Name extends Choice>(name: Name): TaskQuery[Name] =>
    CHOICES[name].find((one) => one === parameters.get(name)) ?? EVERYTHING[name];
  return {
    search: parameters.get("search") ?? "",
    status: choice("status"),
    priority: choice("priority"),
    due: choice("due"),
    tags: [...new Set(parameters.getAll("tag").filter((tag) => tag !== ""))],
    sort: choice("sort"),
  };
}
