import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { forgetStack } from "../../../../cli/destroy/forget-stack";
import {
  assertSameCluster,
  compareCluster,
  type ComparedEnvironment,
} from "../../../../cli/stack/same-cluster";
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

  /** The environment of stack acme/dev with a chosen backend, in which it exists or doesn't. */
  function environmentOf(backend: string, exists: boolean): ComparedEnvironment {
    const answer = exists ? "exit 0" : "echo \"error: no stack named 'dev' found\" >&2; exit 255";
    folder.write("pulumi", `#!/bin/sh\n${answer}\n`);
    chmodSync(folder.file("pulumi"), 0o755);
    return {
      root: folder.path,
      stack: "acme/dev",
      settings: parseSettings({}),
      target,
      tools: { pulumi: { file: folder.file("pulumi"), origin: "user" as const } },
      env: { ...process.env, PULUMI_BACKEND_URL: backend, PULUMI_CONFIG_PASSPHRASE: "mine" },
      directories: { home: folder.path, cache: folder.file("cache"), state: folder.file("local") },
      added: {},
      cluster: { context: "minikube", state: "missing", entry: undefined, profile: undefined },
    };
  }
  const silent = { note: () => undefined };
  const prepare = (backend: string, exists: boolean) =>
    prepareStack(environmentOf(backend, exists), silent);
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

  it("refuses a second state before anything is created: where the recorded cluster is compared", async () => {
    deployLocally();
    const refused = (error: unknown) =>
      error instanceof UserError && error.message.includes("has its state in");
    const environment = environmentOf("s3://bucket", false);
    await assert.rejects(assertSameCluster(environment, silent, { mayCreate: true }), refused);
    // As doctor does.
    await assert.rejects(compareCluster(environment, silent), refused);
    await assert.rejects(forgetStack(environment, { ...silent, say: () => undefined }), refused);
  });

  it("goes on where the chosen backend has the stack, or the local one never had it", async () => {
    await prepare("s3://bucket", false);
    deployLocally();
    await prepare("s3://bucket", true);
  });
});
