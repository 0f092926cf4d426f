import assert from "node:assert/strict";
import { assertVolumeCanResize } from "../../../../cli/volumes/resize";
import { UserError } from "../../../../lib/errors";
import { settingsWith } from "../../../support/fixtures";

const REFUSAL =
  'Error from server (Forbidden): persistentvolumeclaims "data-todo-postgres-0" is forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize';

async function grow(
  storage: string,
  size: string,
  refused = false,
  databaseUrl = "",
): Promise<string[]> {
  const ran: string[] = [];
  const kubectl = {
    run: (args: readonly string[]) => {
      ran.push(args.join(" "));
      const fails = args[0] === "patch" && refused;
      return Promise.resolve({ code: fails ? 1 : 0, stdout: size, stderr: fails ? REFUSAL : "" });
    },
  };
  await assertVolumeCanResize(kubectl, settingsWith({ databaseUrl, postgres: { storage } }));
  return ran;
}

describe("another size of the database's volume", () => {
  it("is tried without a change first, and refused in the cluster's words", async () => {
    await assert.rejects(grow("2Gi", "1Gi", true), (error: unknown) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /has 1Gi, and can't grow to 2Gi.*only dynamically provisioned/);
      assert.match(error.hint, /back to 1Gi/);
      return true;
    });
    assert.match(
      (await grow("2Gi", "1Gi"))[1] ?? "",
      /^patch persistentvolumeclaim .*--dry-run=server/,
    );
  });

  it("can't be smaller, whatever the state has recorded", async () => {
    await assert.rejects(grow("512Mi", "1Gi", true), (error: unknown) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /has 1Gi, and can't shrink to 512Mi \(postgres\.storage\)/);
      assert.equal(error.hint, "Set postgres.storage to 1Gi.");
      return true;
    });
  });

  it("is no matter where the database is somewhere else", async () => {
    assert.deepEqual(await grow("2Gi", "1Gi", true, "postgresql://db.example/todo"), []);
  });

  it("is not asked for where the size stays, or there is no volume yet", async () => {
    assert.equal((await grow("1Gi", "1Gi", true)).length, 1);
    assert.equal((await grow("1024Mi", "1Gi", true)).length, 1);
    assert.equal((await grow("2Gi", "", true)).length, 1);
  });
});
