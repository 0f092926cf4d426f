import assert from "node:assert/strict";
import { dataRecordProvider } from "../../../../components/postgres/data-record";

const now = {
  namespace: "todo-app",
  name: "todo-postgres",
  image: "postgres:18.4",
  runAsUser: 10001,
  database: "todo",
  user: "todo",
  storage: "1Gi",
  storageClass: "",
  existingData: "refuse",
};
type Inputs = typeof now;

async function refusals(change: Partial<Inputs>, before: Partial<Inputs> | undefined = now) {
  const result = await dataRecordProvider.check?.(before, { ...now, ...change });
  return (result?.failures ?? []).map(({ reason }) => reason);
}

describe("components: what a database's data was created with", () => {
  const changes: readonly [Partial<Inputs>, RegExp][] = [
    [
      { database: "other" },
      /^postgres\.database can't change: PostgreSQL reads it only.*back to todo, or/,
    ],
    [{ user: "other" }, /^postgres\.user can't change: .*back to todo, or/],
    [{ name: "other" }, /^postgres\.name can't change: the database would begin empty/],
    [{ namespace: "other" }, /^namespace can't change: the database would begin empty/],
    [
      { image: "postgres:19.1" },
      /^postgres\.image can't change: PostgreSQL 19 can't open the data of 18/,
    ],
    [{ runAsUser: 70 }, /^postgres\.runAsUser can't change: .*back to 10001, or destroy/],
    [{ storage: "512Mi" }, /^postgres\.storage can't change: a volume can't shrink: .*back to 1Gi/],
    [{ storageClass: "fast" }, /^postgres\.storageClass can't change: .*the cluster's default/],
  ];
  for (const [change, reason] of changes) {
    it(`refuses another ${Object.keys(change).join()}, before anything changes`, async () => {
      const found = await refusals(change);
      assert.equal(found.length, 1);
      assert.match(found[0] ?? "", reason);
    });
  }

  it("accepts what the data can follow", async () => {
    assert.deepEqual(await refusals({}), []);
    assert.deepEqual(await refusals({ storage: "2Gi" }), []);
    assert.deepEqual(await refusals({ storage: "1024Mi" }), []);
    assert.deepEqual(await refusals({ image: "postgres:18.5-alpine" }), []);
    assert.deepEqual(await refusals({ image: "registry.example:5000/postgres:18" }), []);
  });

  it("accepts a new database where the data may be dropped, but no other volume", async () => {
    const existingData = "drop";
    assert.deepEqual(await refusals({ existingData, database: "other", image: "postgres:19" }), []);
    assert.equal((await refusals({ existingData, storage: "512Mi" })).length, 1);
  });

  it("accepts anything at first, and what isn't known yet at a preview", async () => {
    assert.deepEqual(await refusals({ database: "other" }, {}), []);
    const unknown = { namespace: {} as string };
    assert.deepEqual(await refusals(unknown), []);
  });

  it("is updated by any change", async () => {
    const changed = (change: Partial<Inputs>) =>
      dataRecordProvider.diff?.("data", now, { ...now, ...change });
    assert.equal((await changed({}))?.changes, false);
    assert.equal((await changed({ storage: "2Gi" }))?.changes, true);
  });
});
