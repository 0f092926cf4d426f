import assert from "node:assert/strict";
import { loadSettings } from "../../../../cli/stack/stack-settings";
import { UserError } from "../../../../lib/errors";
import { pinnedNodePorts } from "../../../../settings";

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
