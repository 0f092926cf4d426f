import assert from "node:assert/strict";
import {
  deleteClaimsOfDestroyed,
  stillDeployed,
} from "../../../../cli/destroy/claims-of-destroyed";
import { parseSettings } from "../../../../settings";
import { Folder } from "../../../support/folder";
import { target } from "../../../support/target";

describe("what a destroy has left in the state", () => {
  const stack = { urn: "1", type: "pulumi:pulumi:Stack" };
  const provider = { urn: "2", type: "pulumi:providers:kubernetes", id: "x" };
  const component = { urn: "4", type: "todo-chatbot:cluster:Cluster" };

  it("is nothing after a whole one, whatever stands for the stack itself", () => {
    assert.deepEqual(stillDeployed({ resources: [] }), []);
    assert.deepEqual(stillDeployed({ resources: [stack, provider, component] }), []);
  });

  it("is every resource that a partial one didn't select", () => {
    const password = { urn: "3", type: "random:index/randomPassword:RandomPassword", id: "none" };
    assert.deepEqual(stillDeployed({ resources: [stack, provider, password] }), [password]);
  });
});

describe("the claims after a destroy", () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => {
    folder.remove();
  });

  const password = { urn: "1", type: "random:index/randomPassword:RandomPassword", id: "none" };
  const database = { urn: "2", type: "kubernetes:apps/v1:StatefulSet", id: "mine/todo-postgres" };

  /** Ends a destroy after which pulumi answers with a script, and returns what was left and deleted. */
  async function end(script: string): Promise<{ left: number; deleted: string[] }> {
    folder.write("pulumi", `#!/bin/sh\n${script}\n`, 0o755);
    const deleted: string[] = [];
    const run = (args: readonly string[]) => {
      deleted.push(args[2] ?? "");
      return Promise.resolve({ code: 0, stdout: "", stderr: "" });
    };
    const environment = {
      root: folder.path,
      stack: "dev",
      settings: parseSettings({}),
      target,
      tools: { pulumi: { file: folder.file("pulumi"), origin: "user" as const } },
      env: { ...process.env },
    };
    const before = { resources: [password, database] };
    return { left: await deleteClaimsOfDestroyed(environment, { run }, before), deleted };
  }
  const state = (...resources: unknown[]): string =>
    `echo '${JSON.stringify({ deployment: { resources } })}'`;

  it("stay with a database that a partial one has left", async () => {
    assert.deepEqual(await end(state(password, database)), { left: 2, deleted: [] });
    assert.deepEqual(await end(state(database)), { left: 1, deleted: [] });
  });

  it("are deleted after a whole one, also where it has removed the stack", async () => {
    const whole = { left: 0, deleted: ["data-todo-postgres-0"] };
    assert.deepEqual(await end(state()), whole);
    assert.deepEqual(await end("echo \"error: no stack named 'dev' found\" >&2; exit 255"), whole);
  });
});
