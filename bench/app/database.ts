import type { LocalPostgres } from "../../docker/backend/tools/local-postgres";
import { lastLines, run } from "../../lib/process/run";
import { BACKEND_FOLDER } from "./contenders";

/** The user whose tasks are listed. The benchmark adds none to them. */
export const READER = "00000000-0000-4000-8000-000000000001";
/** The user who adds tasks. */
export const WRITER = "00000000-0000-4000-8000-000000000002";

/** Number of the reader's tasks: more than one page. */
const TASKS = 200;

const FILL = `
  insert into users (id, name, email) values
    ('${READER}', 'Reader', 'reader@example.org'), ('${WRITER}', 'Writer', 'writer@example.org');
  insert into tasks (user_id, title, description, priority, due_date, tags, completed, created_at)
  select '${READER}', 'Task number ' || n, repeat('More about it. ', 1 + n % 8), 1 + n % 3,
         case when n % 4 > 0 then date '2030-01-01' + n end,
         case when n % 2 = 0 then '{home,garden}'::text[] else '{work}'::text[] end,
         n % 5 = 0, now() - n * interval '1 minute'
    from generate_series(1, ${TASKS}) n;
`;

/** Creates a database with the backend's tables and the reader's tasks. Returns its URL. */
export async function createDatabase(postgres: LocalPostgres): Promise<string> {
  const url = await postgres.database();
  const env = { DATABASE_URL: url, LOG_LEVEL: "error" };
  const result = await run(process.execPath, ["dist/migrate.js"], { cwd: BACKEND_FOLDER, env });
  if (result.code !== 0) throw new Error(`The migration failed:\n${lastLines(result)}`);
  await postgres.admin(FILL, url);
  return url;
}

/** Resets a database to its initial contents. */
export async function resetDatabase(postgres: LocalPostgres, url: string): Promise<void> {
  await postgres.admin(`delete from tasks where user_id = '${WRITER}'`, url);
  await postgres.admin("vacuum full analyze tasks", url);
  await postgres.admin("checkpoint", url);
}
