import assert from "node:assert/strict";
import { Database } from "../src/database/database.ts";
import { postgres } from "./support/mocha-setup.ts";

describe("prepared statements", () => {
  const statement = "select $1::int + 1 as sum";
  let warnings: unknown[];
  let database: Database;

  // A pool of one connection, so that the test can manipulate it as a pooler does.
  const open = async (): Promise<Database> => {
    const log = { warn: (...args: unknown[]) => void warnings.push(args.at(-1)) };
    return new Database({ url: await postgres().database(), poolSize: 1, log });
  };
  beforeEach(async () => {
    warnings = [];
    database = await open();
  });
  afterEach(() => database.close());

  const sum = async (of: number): Promise<unknown> =>
    (await database.query<{ sum: number }>(statement, [of]))[0]?.sum;
  const onConnection = (text: string) =>
    database.transaction((queries) => queries.query<{ name: string }>(text));
  const names = async (): Promise<string[]> =>
    (
      await onConnection(`select name from pg_prepared_statements where statement = '${statement}'`)
    ).map(({ name }) => name);

  it("are prepared once for each connection", async () => {
    assert.equal(await sum(1), 2);
    const [name, ...others] = await names();
    assert.match(name ?? "", /^[0-9a-f]{32}$/);
    assert.deepEqual(others, []);
    assert.equal(await sum(2), 3);
    assert.deepEqual(await names(), [name]);
    assert.deepEqual(warnings, []);
  });

  it("are given up, with one log line, when a connection has lost them", async () => {
    assert.equal(await sum(1), 2);
    await onConnection("deallocate all");
    assert.equal(await sum(2), 3);
    assert.equal(await sum(3), 4);
    assert.deepEqual(await names(), []);
    assert.deepEqual(warnings, ["statements are not prepared from now on"]);
  });

  it("are given up when another process has prepared them on the connection", async () => {
    assert.equal(await sum(1), 2);
    const [name] = await names();
    await database.close();
    database = await open();
    await onConnection(`prepare "${name}" (int) as ${statement}`);
    assert.equal(await sum(1), 2);
    assert.deepEqual(warnings, ["statements are not prepared from now on"]);
  });

  it("are given up when a migration has changed their columns", async () => {
    await onConnection("create table things (thing int)");
    await onConnection("insert into things values (7)");
    const things = () => database.query("select * from things");
    assert.deepEqual([...(await things())], [{ thing: 7 }]);
    await onConnection("alter table things alter thing type text");
    assert.deepEqual([...(await things())], [{ thing: "7" }]);
  });

  it("pass on every other error", async () => {
    await assert.rejects(database.query("select 1 / $1::int", [0]), { code: "22012" });
    assert.equal(await sum(1), 2);
    assert.deepEqual(warnings, []);
  });
});
