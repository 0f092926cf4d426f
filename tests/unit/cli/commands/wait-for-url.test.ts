import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { waitForAnswer } from "../../../../cli/commands/wait-for-url";

describe("a URL", () => {
  let server: Server;
  let base: string;
  const files = new Map<string, number>();
  before((done) => {
    server = createServer((request, response) => {
      response.statusCode = files.get(request.url ?? "") ?? 404;
      response.end("here");
    }).listen(0, "127.0.0.1", () => {
      base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      done();
    });
  });
  after((done) => {
    server.closeAllConnections();
    server.close(done);
  });

  it("is requested until it answers", async () => {
    setTimeout(() => files.set("/late", 200), 300);
    const answer = await waitForAnswer(`${base}/late`, 5000);
    assert.ok(answer.ok);
    assert.ok(answer.tries > 1);
    assert.deepEqual(await waitForAnswer(`${base}/never`, 100), {
      ok: false,
      reason: "it answered 404 Not Found",
    });
  });
});
