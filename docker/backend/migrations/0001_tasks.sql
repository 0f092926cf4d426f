-- The tasks of the todo list. Ids are made by the database, so that two pods never clash.
create table tasks (
  id         uuid        primary key default gen_random_uuid(),
  title      text        not null check (char_length(title) between 1 and 200),
  completed  boolean     not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- The list is read newest first; the id settles ties.
create index tasks_newest_first on tasks (created_at desc, id desc);
