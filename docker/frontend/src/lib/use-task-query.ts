"use client";

import { useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";
import { fromAddress, toAddress } from "./task-address.ts";
import type { TaskQuery } from "./task-query.ts";

/** Which tasks are shown. The page's address says so too, so that a reload and the way back keep it. */
export function useTaskQuery(): readonly [TaskQuery, (query: TaskQuery) => void] {
  const parameters = useSearchParams();
  const [query, setQuery] = useState(() => fromAddress(parameters));
  useEffect(() => {
    replaceAddress(toAddress(query));
  }, [query]);
  // What somebody has searched for is not left to whoever signs in next.
  useEffect(() => () => replaceAddress(""), []);
  return [query, setQuery];
}

function replaceAddress(search: string): void {
  const { pathname, search: before } = window.location;
  if (search !== before) window.history.replaceState(null, "", pathname + search);
}
