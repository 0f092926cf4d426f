import assert from "node:assert/strict";
import { isOfflineMode, probe } from "../../../../../cli/environment/detect/reachability";
import { FileServer } from "../../../../support/file-server";

describe("releases", () => {
  const server = new FileServer();
  const { files } = server;
  before(() => server.start());
  after(() => server.stop());

  it("are in reach where a server answers, or asks who is there", async () => {
    files.set("/ok", 200);
    files.set("/v2/", 401);
    files.set("/filtered", 403);
    assert.equal(await probe(`${server.origin}/ok`), true);
    assert.equal(await probe(`${server.origin}/v2/`), true);
    assert.equal(await probe(`${server.origin}/filtered`), false);
    assert.equal(await probe("http://127.0.0.1:9/"), false);
  });
  it("aren't asked for offline", () => {
    assert.equal(isOfflineMode({ TODO_CHATBOT_OFFLINE: "1" }), true);
    for (const value of [undefined, "", "0", "false"]) {
      assert.equal(isOfflineMode({ TODO_CHATBOT_OFFLINE: value }), false);
    }
  });
});
