import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Migration, readMigrations } from "../src/database/migrations.ts";
import { migrate, MIGRATION_LOCK_ID } from "../src/database/migrator.ts";
import { freePort, hold } from "../tools/local-postgres.ts";
import { silentLog } from "./support/app.ts";
import { postgres } from "./support/mocha-setup.ts";
import { Program, waitFor } from "./support/process.ts";

const one: Migration = { name: "0001_one.sql", sql: "create table one ();", checksum: "1" };
const two: Migration = { name: "0002_two.sql", sql: "create table two ();", checksum: "2" };

const run = (url: string, migrations: readonly Migration[], waitSeconds = 5): Promise<string[]> =>
  migrate({ url, migrations, log: silentLog, waitSeconds });

describe("dist/migrate.js", () => {
  it("applies the migrations, and does nothing the second time", async () => {
    const env = { DATABASE_URL: await postgres().database() };
    const first = await Program.start("migrate", env).ended;
    assert.equal(first.code, 0, first.stderr);
    assert.match(first.stdout, /"migration applied"/);
    assert.match(first.stdout, /"migrated"/);
    const second = await Program.start("migrate", env).ended;
    assert.equal(second.code, 0, second.stderr);
    assert.match(second.stdout, /"nothing to migrate"/);
    assert.doesNotMatch(first.stdout + second.stdout, /a-secret-password/);
  });

  it("runs several times at once: one applies, all succeed", async () => {
    const env = { DATABASE_URL: await postgres().database() };
    const runs = Array.from({ length: 4 }, () => Program.start("migrate", env).ended);
    const ended = await Promise.all(runs);
    assert.deepEqual(
      ended.map(({ code }) => code),
      [0, 0, 0, 0],
    );
    assert.equal(ended.filter(({ stdout }) => stdout.includes('"migrated"')).length, 1);
    assert.equal(ended.filter(({ stdout }) => stdout.includes('"nothing to migrate"')).length, 3);
  });

  it("fails with the file, the line and PostgreSQL's message, and rolls the file back", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "todo-migrate-"));
    try {
      const here = fileURLToPath(new URL("../", import.meta.url));
      for (const name of ["dist", "migrations", "package.json"]) {
        await cp(path.join(here, name), path.join(folder, name), { recursive: true });
      }
      await symlink(path.join(here, "node_modules"), path.join(folder, "node_modules"));
      const sql = "create table half ();\n\nalter table nothing\n  add column x int;\n";
      await writeFile(path.join(folder, "migrations", "9999_broken.sql"), sql);
      const url = await postgres().database();
      const { code, stderr } = await Program.start("migrate", { DATABASE_URL: url }, folder).ended;
      assert.equal(code, 1);
      assert.match(stderr, /9999_broken\.sql/);
      assert.match(stderr, /relation "nothing" does not exist \(SQLSTATE 42P01\)/);
      assert.match(stderr, /Nothing of this file was kept/);
      const { rows } = await postgres().admin("select to_regclass('half') as half", url);
      assert.deepEqual(rows, [{ half: null }]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it("gives up on an unreachable database after the configured time", async () => {
    const url = `postgresql://todo:a-secret-password@127.0.0.1:${await freePort()}/todo`;
    const started = performance.now();
    const env = { DATABASE_URL: url, MIGRATE_WAIT_SECONDS: "1", LOG_LEVEL: "warn" };
    const { code, stderr } = await Program.start("migrate", env).ended;
    assert.equal(code, 1);
    assert.match(stderr, /No database within 1 s \(\d tries\).*ECONNREFUSED/s);
    assert.doesNotMatch(stderr, /a-secret-password/);
    assert.ok(performance.now() - started < 6000);
  });

  it("waits for a database that starts later", async () => {
    const url = await postgres().database();
    await postgres().stop();
    const program = Program.start("migrate", { DATABASE_URL: url });
    await program.waitForOutput("waiting for the database");
    await postgres().start();
    const { code, stdout, stderr } = await program.ended;
    assert.equal(code, 0, stderr);
    assert.match(stdout, /"migrated"/);
  });

  it("doesn't wait when waiting can't help", async () => {
    const started = performance.now();
    await assert.rejects(run(postgres().url("no_such_database"), [one], 30), {
      message: /refuses the connection: database "no_such_database" does not exist/,
    });
    assert.ok(performance.now() - started < 5000);
  });

  it("ends on SIGTERM while it waits, and leaves no session behind", async () => {
    const url = await postgres().database();
    const release = await hold(url, `select pg_advisory_lock(${MIGRATION_LOCK_ID})`);
    const program = Program.start("migrate", { DATABASE_URL: url });
    await waitFor(async () => (await sessions(url)) === 1, "its session");
    program.process.kill("SIGTERM");
    assert.equal((await program.ended).code, 143);
    await waitFor(async () => (await sessions(url)) === 0, "its session to end");
    await release();
    assert.deepEqual(await run(url, [one]), [one.name]);
  });
});

/** Returns the number of migrations that are connected to a database. */
async function sessions(url: string): Promise<number> {
  const { rows } = await postgres().admin(
    `select count(*)::int as n from pg_stat_activity
      where datname = current_database() and application_name = 'todo-chatbot-migrate'`,
    url,
  );
  return (rows as { n: number }[])[0]?.n ?? 0;
}

describe("migrations", () => {
  it("names the line of an error", async () => {
    const broken = { ...one, sql: "create table a ();\ncreate tabel b ();\n" };
    await assert.rejects(run(await postgres().database(), [broken]), {
      message: /^0001_one\.sql:2 failed: PostgreSQL said: syntax error at or near "tabel"/,
    });
  });

  it("keeps the migrations before a broken one, and continues there", async () => {
    const url = await postgres().database();
    await assert.rejects(run(url, [one, { ...two, sql: "nonsense" }]), { message: /0002_two/ });
    assert.deepEqual(await run(url, [one, two]), [two.name]);
  });

  it("refuses a file that was changed after it was applied", async () => {
    const url = await postgres().database();
    await run(url, [one]);
    await assert.rejects(run(url, [{ ...one, checksum: "other" }, two]), {
      message: /0001_one\.sql was changed after it had been applied/,
    });
  });

  it("takes CRLF line endings for no change, whichever of both was applied", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "todo-crlf-"));
    const at = pathToFileURL(`${folder}/`);
    try {
      const migrations = await readMigrations();
      for (const { name, sql } of migrations) {
        await writeFile(new URL(name, at), sql.replaceAll("\n", "\r\n"));
      }
      const fromCrlf = await readMigrations(at);
      assert.deepEqual(fromCrlf, migrations);
      const url = await postgres().database();
      await run(url, migrations);
      // As an image with CRLF files recorded it before line endings were ignored.
      const crlf = await readFile(new URL("0001_tasks.sql", at));
      const checksum = createHash("sha256").update(crlf).digest("hex");
      const update = `update schema_migrations set checksum = '${checksum}' where name = '0001_tasks.sql'`;
      await postgres().admin(update, url);
      assert.deepEqual(await run(url, fromCrlf), []);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it("have the checksums that databases recorded", async () => {
    const recorded = {
      "0001_tasks.sql": "ddd6f8fa183d14e6757316d6f942aa96cc3a2e173b5b1d520b35ae3cf91fae90",
      "0002_accounts.sql": "f9a90bb0771c2d669fd1e0c5d5281a2b8d5938de689f66468e1836ea471e9d91",
      "0003_task_details.sql": "e80b68e8f4b75609112da13a1aefc22ddbb3d5a31f20315fc015f4cf6c6ec16f",
      "0004_chat.sql": "1ae388a84d0b460d1c092bd19ae32671ea4a5d6dec9be435310604144711116b",
    };
    for (const { name, checksum } of await readMigrations()) {
      if (name in recorded) assert.equal(checksum, recorded[name as keyof typeof recorded]);
    }
  });

  it("refuses a new file that comes before an applied one", async () => {
    const url = await postgres().database();
    await run(url, [two]);
    await assert.rejects(run(url, [one, two]), { message: /0001_one\.sql is new, but 0002_two/ });
  });

  it("does nothing to a database that is newer than the image", async () => {
    const url = await postgres().database();
    await run(url, [one, two]);
    assert.deepEqual(await run(url, [one]), []);
  });

  it("says how to find the holder of the lock after waiting in vain", async () => {
    const url = await postgres().database();
    const release = await hold(url, `select pg_advisory_lock(${MIGRATION_LOCK_ID})`);
    await assert.rejects(run(url, [one], 1), { message: /has held the lock for more than 1 s/ });
    await release();
  });

  it("reads files in order, and refuses names without a number or with a used one", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "todo-names-"));
    const at = pathToFileURL(`${folder}/`);
    try {
      await writeFile(new URL("0002_b.sql", at), "b");
      await writeFile(new URL("0001_a.sql", at), "a");
      await writeFile(new URL("notes.txt", at), "");
      assert.deepEqual(
        (await readMigrations(at)).map(({ name }) => name),
        ["0001_a.sql", "0002_b.sql"],
      );
      await writeFile(new URL("0002_c.sql", at), "c");
      await assert.rejects(readMigrations(at), { message: /0002_c\.sql and 0002_b\.sql/ });
      await rm(new URL("0002_c.sql", at));
      await writeFile(new URL("next.sql", at), "");
      await assert.rejects(readMigrations(at), { message: /next\.sql: expected a name/ });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
