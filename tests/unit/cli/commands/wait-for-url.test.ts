import assert from "node:assert/strict";
import { waitForAnswer } from "../../../../cli/commands/wait-for-url";
import { FileServer } from "../../../support/file-server";

describe("a URL", () => {
  const server = new FileServer();
  const { files } = server;
  before(() => server.start());
  after(() => server.stop());

  it("is requested until it answers", async () => {
    setTimeout(() => files.set("/late", 200), 300);
    const answer = await waitForAnswer(`${server.origin}/late`, 5000);
    assert.ok(answer.ok);
    assert.ok(answer.tries > 1);
    assert.deepEqual(await waitForAnswer(`${server.origin}/never`, 100), {
      ok: false,
      reason: "it answered 404 Not Found",
    });
  });
});
