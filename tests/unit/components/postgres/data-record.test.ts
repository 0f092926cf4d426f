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

  it("takes the major version from the names that tell it, and from no other", async () => {
    const majors: readonly [string, string, boolean][] = [
      ["timescaledb:2.17.2-pg16", "timescaledb:3.1.0-pg16", false],
      ["timescaledb:2.17.2-pg16", "timescaledb:2.17.2-pg17", true],
      ["pgvector/pgvector:pg17", "pgvector/pgvector:pg18", true],
      ["pgvector/pgvector:0.8.0-pg17", "pgvector/pgvector:0.9.0-pg17", false],
      ["postgres:18.4", "postgres@sha256:111aaa", false],
      ["postgres@sha256:111aaa", "postgres@sha256:222bbb", false],
      ["postgres:17@sha256:111aaa", "postgres:18@sha256:222bbb", true],
      ["registry.example:5000/postgres@sha256:111aaa", "postgres:18", false],
      ["registry.example:5000/bitnami/postgresql:17.2", "bitnami/postgresql:18.0", true],
      ["registry.example/own:1", "registry.example/own:2", false],
      ["postgis/postgis:18-3.6", "postgis/postgis:18-4.0", false],
    ];
    for (const [before, image, refused] of majors) {
      const found = await refusals({ image }, { ...now, image: before });
      assert.equal(found.length, refused ? 1 : 0, `${before} -> ${image}: ${found.join()}`);
    }
  });

  it("reads every size that the settings accept", async () => {
    const sizes: readonly [string, string, boolean][] = [
      ["1.5Gi", "1Gi", true],
      ["1Ti", "1000Gi", true],
      ["1Gi", "1G", true],
      ["1G", "1Gi", false],
      ["1Gi", "1073741824", false],
      ["1073741824", "1Mi", true],
      ["1000k", "1M", false],
    ];
    for (const [before, storage, refused] of sizes) {
      const found = await refusals({ storage }, { ...now, storage: before });
      assert.equal(found.length, refused ? 1 : 0, `${before} -> ${storage}`);
    }
  });

  it("accepts a drop for one update: one that is still set from before allows nothing", async () => {
    const dropped = { ...now, existingData: "drop" };
    const again = await refusals({ existingData: "drop", database: "other" }, dropped);
    assert.equal(again.length, 1);
    assert.match(
      again[0] ?? "",
      /back to todo\. postgres\.existingData is drop since an earlier update.*with refuse first/,
    );
    assert.deepEqual(await refusals({ existingData: "drop" }, dropped), []);
    const kept = { ...now, existingData: "keep" };
    assert.deepEqual(await refusals({ existingData: "drop", database: "other" }, kept), []);
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
