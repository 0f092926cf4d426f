import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { isOfflineMode, probe } from "../../../../../cli/environment/detect/reachability";

describe("releases", () => {
  let server: Server;
  let base: string;
  const files = new Map<string, number>();
  before((done) => {
    server = createServer((request, response) => {
      response.statusCode = files.get(request.url ?? "") ?? 404;
      response.end();
    }).listen(0, "127.0.0.1", () => {
      base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      done();
    });
  });
  after((done) => {
    server.closeAllConnections();
    server.close(done);
  });

  it("are in reach where a server answers, or asks who is there", async () => {
    files.set("/ok", 200);
    files.set("/v2/", 401);
    files.set("/filtered", 403);
    assert.equal(await probe(`${base}/ok`), true);
    assert.equal(await probe(`${base}/v2/`), true);
    assert.equal(await probe(`${base}/filtered`), false);
    assert.equal(await probe("http://127.0.0.1:9/"), false);
  });
  it("aren't asked for offline", () => {
    assert.equal(isOfflineMode({ TODO_CHATBOT_OFFLINE: "1" }), true);
    for (const value of [undefined, "", "0", "false"]) {
      assert.equal(isOfflineMode({ TODO_CHATBOT_OFFLINE: value }), false);
    }
  });
});
