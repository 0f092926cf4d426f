/** Runs the check of the database's data, as the chart has it, with programs that play PostgreSQL. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { run } from "../../lib/process/run";
import { CHART } from "../support/chart/helm";
import { Folder } from "../support/folder";

const SCRIPT = path.join(CHART, "files/postgres/check-data.sh");

/** What psql 9.6 does: it knows one password, one user and one database, and no command `\\getenv`. */
const PSQL = `#!/bin/sh
[ ! -e "$PLAY/psql.error" ] || { cat "$PLAY/psql.error" >&2; exit 2; }
case "$*" in *"--host 127.0.0.1"*)
  [ "$PGPASSWORD" = "$(cat "$PLAY/password")" ] && exit
  echo "psql: error: FATAL:  password authentication failed for user" >&2; exit 2 ;;
esac
[ "$POSTGRES_USER" = todo ] || { echo "FATAL:  role \\"$POSTGRES_USER\\" does not exist" >&2; exit 2; }
echo 'WARNING:  database "template1" has a collation version mismatch' >&2
input=$(cat)
case $input in
  *getenv*) echo "invalid command \\\\getenv" >&2; exit 3 ;;
  *"ALTER ROLE"*) printf %s "$POSTGRES_PASSWORD" > "$PLAY/password" ;;
  *pg_database*) case "$*" in *"-v database=todo"*) echo 1 ;; *) echo 0 ;; esac ;;
esac
`;

interface Result {
  code: number | undefined;
  message: string;
  /** Whether the data is still there. */
  kept: boolean;
  /** Whether the server that it starts has been stopped. */
  stopped: boolean;
}

describe("the check of the database's data", () => {
  let folder: Folder;
  beforeEach(function () {
    // GNU's stat, as in the image.
    if (process.platform !== "linux") this.skip();
    folder = new Folder();
    folder.write(
      "bin/postgres",
      "#!/bin/sh\necho 'postgres (PostgreSQL) 18.4 (Debian 18.4-1)'\n",
      0o755,
    );
    folder.write("bin/pg_ctl", '#!/bin/sh\necho "$*" >> "$PLAY/pg_ctl.log"\n', 0o755);
    folder.write("bin/psql", PSQL, 0o755);
    folder.write("password", "right");
  });
  afterEach(() => {
    folder.remove();
  });

  async function check(env: Record<string, string> = {}, version = "18"): Promise<Result> {
    if (version !== "") folder.write("data/PG_VERSION", `${version}\n`);
    const { code, stderr } = await run("sh", [SCRIPT], {
      env: {
        PATH: `${folder.file("bin")}:${process.env.PATH ?? ""}`,
        PLAY: folder.path,
        PGDATA: folder.file("data"),
        POSTGRES_USER: "todo",
        POSTGRES_DB: "todo",
        POSTGRES_PASSWORD: "right",
        EXISTING_DATA: "refuse",
        ...env,
      },
    });
    const log = folder.file("pg_ctl.log");
    const calls = existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : [];
    return {
      code,
      message: stderr.trim(),
      kept: existsSync(folder.file("data/PG_VERSION")),
      stopped: calls.length === 0 || (calls.at(-1) ?? "").endsWith(" stop"),
    };
  }

  it("passes without a word where there is no data, or the password opens it", async () => {
    const passed = { code: 0, message: "", stopped: true };
    assert.deepEqual(await check({}, ""), { ...passed, kept: false });
    assert.deepEqual(await check(), { ...passed, kept: true });
  });

  const refusals: readonly [string, Record<string, string>, string, RegExp][] = [
    [
      "another password",
      { POSTGRES_PASSWORD: "wrong" },
      "18",
      /password of this stack doesn't open it.*keep.*drop/,
    ],
    [
      "another user",
      { POSTGRES_USER: "other" },
      "18",
      /it has no user "other"\. Set postgres\.user/,
    ],
    [
      "another database",
      { POSTGRES_DB: "other" },
      "18",
      /it has no database "other"\. Set postgres\.database/,
    ],
    ["another major version", {}, "17", /PostgreSQL 17 has written it, and the image has 18/],
  ];
  for (const [what, env, version, message] of refusals) {
    it(`refuses data with ${what} in one line, and leaves it alone`, async () => {
      const result = await check(env, version);
      assert.equal(result.code, 1);
      assert.match(result.message, message);
      assert.ok(!result.message.includes("\n"), result.message);
      assert.ok(result.message.length < 350, "doctor shows 400 characters");
      assert.ok(result.kept && result.stopped);
    });

    it(`drops data with ${what} on request`, async () => {
      const result = await check({ ...env, EXISTING_DATA: "drop" }, version);
      assert.equal(result.code, 0);
      assert.match(result.message, /^Deleting the data in the volume/);
      assert.ok(!result.kept && result.stopped);
    });
  }

  it("keeps data with another password on request, and gives it the new one", async () => {
    const result = await check({ POSTGRES_PASSWORD: "new", EXISTING_DATA: "keep" });
    assert.equal(result.code, 0);
    assert.match(result.message, /^Kept the data in the volume/);
    assert.equal(readFileSync(folder.file("password"), "utf8"), "new");
    assert.ok(result.kept && result.stopped);
  });

  it("refuses data of another user, whom no setting but that user can help", async () => {
    folder.write("bin/id", "#!/bin/sh\necho 4711\n", 0o755);
    const result = await check({ EXISTING_DATA: "drop" });
    assert.equal(result.code, 1);
    assert.match(result.message, /runs as user 4711\. Set postgres\.runAsUser to \d+\.$/);
    assert.ok(result.kept);
  });

  it("keeps nothing that has no such user or database", async () => {
    const result = await check({ POSTGRES_DB: "other", EXISTING_DATA: "keep" });
    assert.equal(result.code, 1);
    assert.ok(result.kept);
  });

  it("never drops data that the password opens", async () => {
    const result = await check({ EXISTING_DATA: "drop" });
    assert.deepEqual(result, { code: 0, message: "", kept: true, stopped: true });
  });

  const again = { EXISTING_DATA: "drop", POSTGRES_PASSWORD: "wrong" };

  it("drops nothing at a later start with the same setting, whatever has happened to the data", async () => {
    assert.equal((await check({ EXISTING_DATA: "drop" })).code, 0, "opened once");
    const later = await check(again);
    assert.equal(later.code, 1);
    assert.match(later.message, /\(drop has acted already: deploy with refuse first\)\.$/);
    assert.ok(later.message.length < 350, "doctor shows 400 characters");
    assert.ok(later.kept);
    assert.ok((await check({ EXISTING_DATA: "drop" }, "17")).kept, "another major version");
  });

  it("drops nothing of the database that PostgreSQL has created after a drop, or in an empty volume", async () => {
    assert.equal((await check({ EXISTING_DATA: "drop" }, "")).code, 0);
    assert.ok((await check(again)).kept, "created in an empty volume");
    await check({ POSTGRES_PASSWORD: "wrong" });
    assert.ok(!(await check(again)).kept, "set anew");
    assert.ok((await check(again)).kept, "created after the drop");
  });

  it("keeps once, and acts again where another setting was in effect in between", async () => {
    assert.equal((await check({ EXISTING_DATA: "keep" })).code, 0);
    const keep = { EXISTING_DATA: "keep", POSTGRES_PASSWORD: "new" };
    assert.match((await check(keep)).message, /keep has acted already/);
    assert.equal((await check({ POSTGRES_PASSWORD: "new" })).code, 1);
    assert.match((await check(keep)).message, /^Kept the data/);
  });

  it("ends a deletion that was interrupted", async () => {
    folder.write("data.dropped/base/1", "");
    assert.equal((await check({ EXISTING_DATA: "drop" }, "")).code, 0);
    assert.ok(!existsSync(folder.file("data.dropped")));
  });

  it("lets PostgreSQL start where the check itself fails, and deletes nothing", async () => {
    for (const error of [
      "psql: symbol lookup error",
      "FATAL:  the database system is starting up",
    ]) {
      folder.write("psql.error", error);
      for (const EXISTING_DATA of ["refuse", "keep", "drop"]) {
        const result = await check({ EXISTING_DATA });
        assert.equal(result.code, 0);
        assert.ok(result.message.endsWith(`can't be checked: ${error}`), result.message);
        assert.ok(result.kept && result.stopped);
      }
    }
  });

  it("knows PostgreSQL 9.6, whose major version has two parts", async () => {
    folder.write("bin/postgres", "#!/bin/sh\necho 'postgres (PostgreSQL) 9.6.24'\n", 0o755);
    assert.equal((await check({}, "9.6")).code, 0);
    assert.match((await check({}, "9.5")).message, /PostgreSQL 9\.5 has written it/);
  });
});
