"use client";

import { useEffect, useState } from "react";
import { EVERYTHING, isFiltered, type TaskQuery } from "../lib/task-query.ts";
import { Choice, Field } from "./field.tsx";
import { PRIORITIES } from "./task-fields.tsx";

/** How long typing has to rest before it is searched for. */
const REST_MS = 250;

const STATUS = { all: "All", open: "Open", done: "Done" } as const;
const DUE = { any: "Any time", overdue: "Overdue", today: "Today", week: "Next 7 days" } as const;
const SORT = {
  createdAt: "Newest first",
  dueDate: "Due first",
  priority: "Most important first",
  title: "By title",
  updatedAt: "Changed last first",
} as const;

/** What the form needs. */
export interface TaskFiltersProps {
  readonly query: TaskQuery;
  readonly setQuery: (query: TaskQuery) => void;
}

/** Says which tasks are shown, and in which order. */
export function TaskFilters({ query, setQuery }: TaskFiltersProps) {
  const [search, setSearch] = useState(query.search);
  const [open, setOpen] = useState(false);
  const [seen, setSeen] = useState(query.search);
  if (seen !== query.search) {
    // The search was taken back from outside.
    setSeen(query.search);
    setSearch(query.search);
  }

  useEffect(() => {
    if (search === query.search) return undefined;
    const timer = setTimeout(() => setQuery({ ...query, search }), REST_MS);
    return () => clearTimeout(timer);
  }, [search, query, setQuery]);

  return (
    <form className="filters stack" role="search" onSubmit={(event) => event.preventDefault()}>
      <div className="row">
        <Field label="Search" type="search" maxLength={200} value={search} change={setSearch} />
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          Filter and sort
        </button>
      </div>
      {open && (
        <div className="columns">
          <Choice
            label="Show"
            value={query.status}
            options={STATUS}
            change={(status) => setQuery({ ...query, status })}
          />
          <Choice
            label="Priority"
            value={query.priority}
            options={{ any: "Any", ...PRIORITIES }}
            change={(priority) => setQuery({ ...query, priority })}
          />
          <Choice
            label="Due"
            value={query.due}
            options={DUE}
            change={(due) => setQuery({ ...query, due })}
          />
          <Choice
            label="Sort"
            value={query.sort}
            options={SORT}
            change={(sort) => setQuery({ ...query, sort })}
          />
        </div>
      )}
      {isFiltered(query) && (
        <div className="row">
          {query.tags.map((tag) => (
            <button
              key={tag}
              type="button"
              className="tag"
              aria-label={`Show tasks without the tag ${tag} again`}
              onClick={() => setQuery({ ...query, tags: query.tags.filter((one) => one !== tag) })}
            >
              #{tag} ×
            </button>
          ))}
          <button
            type="button"
            className="plain"
            onClick={() => setQuery({ ...EVERYTHING, sort: query.sort })}
          >
            Show all tasks
          </button>
        </div>
      )}
    </form>
  );
}
