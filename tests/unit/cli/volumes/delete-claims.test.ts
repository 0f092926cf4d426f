import assert from "node:assert/strict";
import type { StackState } from "../../../../cli/stack/state";
import { claimsOf, deleteClaims } from "../../../../cli/volumes/delete-claims";
import { UserError } from "../../../../lib/errors";
import { target } from "../../../support/target";

describe("the claims of a stack", () => {
  it("are those of its StatefulSets", () => {
    const resources = [
      { urn: "a", type: "kubernetes:apps/v1:StatefulSet", id: "mine/todo-postgres" },
      { urn: "b", type: "kubernetes:apps/v1:Deployment", id: "mine/todo-backend" },
    ];
    assert.deepEqual(claimsOf({ resources }), [
      { namespace: "mine", name: "data-todo-postgres-0" },
    ]);
  });

  const database = { urn: "a", type: "kubernetes:apps/v1:StatefulSet", id: "mine/todo-postgres" };
  const other = { urn: "b", type: "kubernetes:apps/v1:StatefulSet", id: "mine/other" };

  /** Deletes the claims between two states, and returns the commands. */
  async function commands(before: StackState, after: StackState, code = 0): Promise<string[]> {
    const calls: string[] = [];
    const run = (args: readonly string[]) => {
      calls.push(args.join(" "));
      return Promise.resolve({ code, stdout: "", stderr: code === 0 ? "" : "forbidden" });
    };
    await deleteClaims({ run }, target, before, after);
    return calls;
  }

  it("are deleted by name, and nothing else is", async () => {
    assert.deepEqual(await commands({ resources: [database] }, { resources: [] }), [
      "delete pvc data-todo-postgres-0 -n mine --ignore-not-found",
    ]);
    assert.deepEqual(await commands({ resources: [] }, { resources: [] }), []);
  });

  it("stay where the destroy has left their StatefulSet (--target, --exclude)", async () => {
    const both = { resources: [database, other] };
    assert.deepEqual(await commands(both, both), []);
    assert.deepEqual(await commands(both, { resources: [database] }), [
      "delete pvc data-other-0 -n mine --ignore-not-found",
    ]);
  });

  it("that the cluster doesn't delete are named, with its words and the command", async () => {
    await assert.rejects(commands({ resources: [database] }, { resources: [] }, 1), (error) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /mine\/data-todo-postgres-0 \(forbidden\)/);
      assert.match(error.hint, /kubectl .*delete pvc data-todo-postgres-0 -n mine/);
      return true;
    });
  });
});
