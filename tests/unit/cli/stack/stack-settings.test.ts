import assert from "node:assert/strict";
import { loadSettings } from "../../../../cli/stack/stack-settings";
import { UserError } from "../../../../lib/errors";
import { pinnedNodePorts } from "../../../../settings";
import { Folder } from "../../../support/folder";

describe("a stack's settings", () => {
  it("are those of this project's stack dev", async () => {
    const { settings } = await loadSettings({ root: process.cwd(), stack: "dev" });
    assert.equal(settings.context, "minikube");
    assert.deepEqual(pinnedNodePorts(settings), [30080]);
  });
  it("fail with every invalid setting and a hint", async () => {
    await assert.rejects(
      loadSettings({ root: process.cwd(), stack: "acme/prod" }),
      (error) =>
        error instanceof UserError &&
        error.message.includes("betterAuthSecret: found nothing") &&
        error.message.includes("jwtSecret: found nothing") &&
        error.hint.includes("pulumi config set"),
    );
  });
});

describe("a stack's settings, through Pulumi", () => {
  let folder: Folder;
  beforeEach(() => (folder = new Folder({ "Pulumi.yaml": "name: todo-chatbot\n" })));
  afterEach(() => {
    folder.remove();
  });
  const asked: string[] = [];
  const load = (code: number, stdout: string) =>
    loadSettings({
      root: folder.path,
      stack: "acme/dev",
      pulumi: (args) => {
        asked.push(args.join(" "));
        const stderr = "error: no stack named 'dev'";
        return Promise.resolve({
          ...{ code, stdout, stderr, notFound: false },
          ...{ command: ["pulumi"], output: stderr },
        });
      },
    });

  it("are what Pulumi prints, which includes ESC environments and a default of the project", async () => {
    folder.write(
      "Pulumi.dev.yaml",
      "environment: [team]\nconfig:\n  todo-chatbot:context: of-file\n",
    );
    const printed = {
      "todo-chatbot:context": { value: "of-team", secret: false },
      "todo-chatbot:cohereApiKey": { secret: true },
    };
    const { settings, config } = await load(0, JSON.stringify(printed));
    assert.equal(settings.context, "of-team");
    assert.deepEqual(config.secret, ["cohereApiKey"]);
    assert.deepEqual(asked.at(-1), "config --json --stack acme/dev");
  });

  it("are those of the file where Pulumi doesn't know the stack yet", async () => {
    folder.write("Pulumi.dev.yaml", "config:\n  todo-chatbot:context: of-file\n");
    assert.equal((await load(255, "")).settings.context, "of-file");
  });

  it("are refused where only Pulumi could read them, and it can't", async () => {
    folder.write("Pulumi.dev.yaml", "environment: [team]\n");
    await assert.rejects(load(255, ""), (error) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /acme\/dev imports ESC environments, .*no stack named 'dev'/);
      assert.match(error.hint, /stack select --create acme\/dev/);
      return true;
    });
  });
});
