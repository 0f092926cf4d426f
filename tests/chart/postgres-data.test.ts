/** Runs the check of the database's data, as the chart has it, with programs that play PostgreSQL. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { run } from "../../lib/process/run";
import { CHART } from "../support/chart/helm";
import { Folder } from "../support/folder";

const SCRIPT = path.join(CHART, "files/postgres/check-data.sh");

/** What psql does: it knows one password, one user and one database. */
const PSQL = `#!/bin/sh
case "$*" in *"--host 127.0.0.1"*) [ "$PGPASSWORD" = "$(cat "$PLAY/password")" ]; exit ;; esac
input=$(cat)
case $input in
  *"ALTER ROLE"*) printf %s "$POSTGRES_PASSWORD" > "$PLAY/password" ;;
  *pg_database*) [ "$POSTGRES_DB" = todo ] && echo 1 || echo 0 ;;
  *) [ "$POSTGRES_USER" = todo ] || { echo "FATAL:  role \\"$POSTGRES_USER\\" does not exist" >&2; exit 2; } ;;
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
});
