"use client";

import { type ReactElement, useEffect, useState } from "react";
import { SelectField, TextField } from "../../ui/fields.tsx";
import { TagButton } from "./tag-button.tsx";
import { defaultQuery, filterOptions, isFiltered, type TaskQuery } from "./task-query.ts";

/** Time without typing after which the search starts, in milliseconds. */
const SEARCH_DELAY_MS = 250;

/** The props of the TaskFilters. */
export interface TaskFiltersProps {
  readonly query: TaskQuery;
  readonly setQuery: (query: TaskQuery) => void;
}

/** A form for the query of the task list: search, filters and sort order. */
export function TaskFilters({ query, setQuery }: TaskFiltersProps): ReactElement {
  const [search, setSearch] = useState(query.search);
  const [isOpen, setIsOpen] = useState(false);
  const [lastQuerySearch, setLastQuerySearch] = useState(query.search);
  if (lastQuerySearch !== query.search) {
    // The search was changed outside of the field, for example by "Show all tasks".
    setLastQuerySearch(query.search);
    setSearch(query.search);
  }

  useEffect(() => {
    if (search === query.search) return undefined;
    const timer = setTimeout(() => setQuery({ ...query, search }), SEARCH_DELAY_MS);
    return () => clearTimeout(timer);
  }, [search, query, setQuery]);

  const update = (changes: Partial<TaskQuery>): void => setQuery({ ...query, ...changes });
  return (
    <form className="filters stack" role="search" onSubmit={(event) => event.preventDefault()}>
      <div className="row">
        <TextField
          label="Search"
          type="search"
          maxLength={200}
          value={search}
          onValueChange={setSearch}
        />
        <button type="button" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          Filter and sort
        </button>
      </div>
      {isOpen && (
        <div className="columns">
          <SelectField
            label="Show"
            value={query.status}
            options={filterOptions.status}
            onValueChange={(status) => update({ status })}
          />
          <SelectField
            label="Priority"
            value={query.priority}
            options={filterOptions.priority}
            onValueChange={(priority) => update({ priority })}
          />
          <SelectField
            label="Due"
            value={query.due}
            options={filterOptions.due}
            onValueChange={(due) => update({ due })}
          />
          <SelectField
            label="Sort"
            value={query.sort}
            options={filterOptions.sort}
            onValueChange={(sort) => update({ sort })}
          />
        </div>
      )}
      {isFiltered(query) && (
        <div className="row">
          {query.tags.map((tag) => (
            <TagButton
              key={tag}
              label={`Show tasks without the tag ${tag} again`}
              onClick={() => update({ tags: query.tags.filter((one) => one !== tag) })}
            >
              #{tag} ×
            </TagButton>
          ))}
          <button
            type="button"
            className="plain"
            onClick={() => setQuery({ ...defaultQuery, sort: query.sort })}
          >
            Show all tasks
          </button>
        </div>
      )}
    </form>
  );
}
