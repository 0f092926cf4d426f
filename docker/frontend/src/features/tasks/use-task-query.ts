"use client";

import { useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";
import type { TaskQuery } from "./task-query.ts";
import { fromUrlParameters, toUrlSearch } from "./url-filters.ts";

/**
 * Returns the query of the task list and its setter. The query is also stored in the page's URL, so
 * that a reload or the back button restores it.
 */
export function useTaskQuery(): readonly [TaskQuery, (query: TaskQuery) => void] {
  const parameters = useSearchParams();
  const [query, setQuery] = useState(() => fromUrlParameters(parameters));
  useEffect(() => {
    replaceUrlSearch(toUrlSearch(query));
  }, [query]);
  // The next user of this browser must not see the filters of the previous one.
  useEffect(() => () => replaceUrlSearch(""), []);
  return [query, setQuery];
}

function replaceUrlSearch(search: string): void {
  const { pathname, search: current } = window.location;
  if (search !== current) window.history.replaceState(null, "", pathname + search);
}
