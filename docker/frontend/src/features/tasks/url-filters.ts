import { defaultQuery, type FilterName, filterOptions, type TaskQuery } from "./task-query.ts";

const filterNames = Object.keys(filterOptions) as readonly FilterName[];

/** Returns the query string of the page for a query: "" or, for example, `?search=milk&due=week`. */
export function toUrlSearch(query: TaskQuery): string {
  const parameters = new URLSearchParams();
  const search = query.search.trim();
  if (search !== "") parameters.set("search", search);
  for (const name of filterNames) {
    if (query[name] !== defaultQuery[name]) parameters.set(name, query[name]);
  }
  for (const tag of query.tags) parameters.append("tag", tag);
  return parameters.size === 0 ? "" : `?${parameters}`;
}

/** Returns the query for the page's URL parameters. Unknown values are replaced by the default. */
export function fromUrlParameters(parameters: Pick<URLSearchParams, "get" | "getAll">): TaskQuery {
  const choice = <Name extends FilterName>(name: Name): TaskQuery[Name] => {
    const value = parameters.get(name) ?? "";
    return Object.hasOwn(filterOptions[name], value)
      ? (value as TaskQuery[Name])
      : defaultQuery[name];
  };
  return {
    search: parameters.get("search") ?? "",
    status: choice("status"),
    priority: choice("priority"),
    due: choice("due"),
    tags: [...new Set(parameters.getAll("tag").filter((tag) => tag !== ""))],
    sort: choice("sort"),
  };
}
