import assert from "node:assert/strict";
import { claimsOf, deleteClaims } from "../../../../cli/volumes/delete-claims";

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

  it("are deleted by name, and nothing else is", async () => {
    const calls: string[] = [];
    const run = (args: readonly string[]) => {
      calls.push(args.join(" "));
      return Promise.resolve({ code: 0, stdout: "", stderr: "" });
    };
    const database = { urn: "a", type: "kubernetes:apps/v1:StatefulSet", id: "mine/todo-postgres" };
    await deleteClaims({ run }, { resources: [database] });
    assert.deepEqual(calls, ["delete pvc data-todo-postgres-0 -n mine --ignore-not-found"]);
    await deleteClaims({ run }, { resources: [] });
    assert.equal(calls.length, 1);
  });
});
