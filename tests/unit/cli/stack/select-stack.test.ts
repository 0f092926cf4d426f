import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { prepareStack } from "../../../../cli/stack/select-stack";
import { UserError } from "../../../../lib/errors";
import { parseSettings } from "../../../../settings";
import { Folder } from "../../../support/folder";
import { target } from "../../../support/target";

describe("preparing a stack", () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder({ "Pulumi.yaml": "name: shop\n", "Pulumi.dev.yaml": "config: {}\n" });
  });
  afterEach(() => {
    folder.remove();
  });

  /** Prepares stack acme/dev with a chosen backend, in which it exists or doesn't. */
  function prepare(backend: string, exists: boolean): Promise<void> {
    const answer = exists ? "exit 0" : "echo \"error: no stack named 'dev' found\" >&2; exit 255";
    folder.write("pulumi", `#!/bin/sh\n${answer}\n`);
    chmodSync(folder.file("pulumi"), 0o755);
    const environment = {
      root: folder.path,
      stack: "acme/dev",
      settings: parseSettings({}),
      target,
      tools: { pulumi: { file: folder.file("pulumi"), origin: "user" as const } },
      env: { ...process.env, PULUMI_BACKEND_URL: backend, PULUMI_CONFIG_PASSPHRASE: "mine" },
      directories: { home: folder.path, cache: folder.file("cache"), state: folder.file("local") },
      added: {},
    };
    return prepareStack(environment, { note: () => undefined });
  }
  const deployLocally = () =>
    folder.write(join("local", "state", ".pulumi", "stacks", "shop", "dev.json"), "{}");

  it("refuses a second state: the stack is deployed with one in the local backend", async () => {
    deployLocally();
    await assert.rejects(prepare("s3://bucket", false), (error) => {
      assert.ok(error instanceof UserError);
      assert.match(
        error.message,
        /has its state in .*shop\/dev\.json, but PULUMI_BACKEND_URL chooses s3:\/\/bucket/,
      );
      assert.match(
        error.hint,
        /PULUMI_BACKEND_URL='file:\/\/.*local\/state' goes on with that state/,
      );
      return true;
    });
  });

  it("goes on where the chosen backend has the stack, or the local one never had it", async () => {
    await prepare("s3://bucket", false);
    deployLocally();
    await prepare("s3://bucket", true);
  });
});
