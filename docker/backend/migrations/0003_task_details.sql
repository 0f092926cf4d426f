-- Tasks get an owner and details.
--
-- Version 1.0.0 knew no accounts. Its rows keep user_id null: they belong to nobody, so nobody sees
-- them, and they are not given to whoever signs up first. While this version rolls out, pods of that
-- one still write such rows: that is why the column may be null. README.md says how to hand them over.
alter table tasks
  add column user_id     uuid     references users (id) on delete cascade,
  add column description text     not null default '' check (char_length(description) <= 5000),
  -- 1 low, 2 medium, 3 high: a number sorts.
  add column priority    smallint not null default 2 check (priority between 1 and 3),
  add column due_date    date,
  add column tags        text[]   not null default '{}' check (cardinality(tags) <= 20),
  add column version     integer  not null default 1;

-- In the database and not in the program, so that a change by the previous version counts too.
create function raise_task_version() returns trigger language plpgsql as $$
begin
  new.version := old.version + 1;
  new.updated_at := now();
  return new;
end
$$;
create trigger raise_version before update on tasks
  for each row execute function raise_task_version();

create index tasks_of_user_newest_first on tasks (user_id, created_at desc, id desc);
create index tasks_of_user_by_due_date on tasks (user_id, due_date, id) where not completed;
create index tasks_tags on tasks using gin (tags);
