import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { resolve } from "node:path";
import { detectToForget, orForget } from "../../../../cli/destroy/detect-to-forget";
import { loadSettings } from "../../../../cli/stack/stack-settings";
import { UserError } from "../../../../lib/errors";
import { Folder } from "../../../support/folder";

const INVALID = `config:
  todo-chatbot:context: mine
  todo-chatbot:namespace: Not a name
  todo-chatbot:settingOfAFormerVersion: 1
`;

describe("a stack whose settings are invalid now", () => {
  const folder = new Folder({ "Pulumi.yaml": "name: todo-chatbot\n", "Pulumi.dev.yaml": INVALID });
  const env = { HOME: folder.path, PATH: "" };
  before(() => {
    symlinkSync(resolve("node_modules"), folder.file("node_modules"), "dir");
  });
  after(() => {
    folder.remove();
  });

  it("can be forgotten, in the words of the settings that are valid", async () => {
    const { settings, target } = await detectToForget(folder.path, "dev", env);
    assert.equal(target.context, "mine");
    assert.equal(settings.namespace, "todo-app");
  });
  it("can be forgotten where it has no file any more", async () => {
    const { target } = await detectToForget(folder.path, "other", env);
    assert.equal(target.context, "minikube");
  });
  it("isn't destroyed: the error says which version can, and how to forget it", async () => {
    const error = await loadSettings({ root: folder.path, stack: "dev" }).catch((error: unknown) =>
      orForget(error, "dev"),
    );
    assert.ok(error instanceof UserError);
    assert.match(error.message, /settingOfAFormerVersion/);
    assert.match(error.hint, /`git stash`.*: `npm run destroy -- --stack dev --forget`/);
  });
  it("leaves any other error as it is", () => {
    const error = new UserError("No docker.", "Start it.");
    assert.equal(orForget(error, "dev"), error);
  });
});
