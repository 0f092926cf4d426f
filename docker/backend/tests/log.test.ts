import assert from "node:assert/strict";
import { startApp } from "./support/app.ts";
import { postgres } from "./support/mocha-setup.ts";

describe("the log", () => {
  it("has a line for each request, with its id, and nothing that people typed", async () => {
    const app = await startApp();
    try {
      await app.call("POST", "/api/tasks", { title: "visit the doctor" });
      await app.call("POST", "/api/tasks", { title: "visit the doctor", doctor: 1 });
      await app.call("GET", "/api/tasks?search=doctor");
      await app.call("GET", "/doctor");
      await app.call("GET", "/health/live");
      // An unexpected error: a constraint that the code doesn't know.
      const forbid =
        "alter table tasks add constraint no check (title not like '%doctor%') not valid";
      await postgres().admin(forbid, app.databaseUrl);
      const failed = await app.call("POST", "/api/tasks", { title: "the doctor again" });
      assert.equal(failed.status, 500);
      assert.equal(failed.body.detail, "Something went wrong in the server.");
    } finally {
      await app.close();
    }
    const lines = app.log.map((line) => JSON.parse(line) as Record<string, unknown>);
    const requests = lines.filter((line) => line.msg === "request");
    assert.deepEqual(
      requests.map(({ method, route, status }) => [method, route, status]),
      [
        ["POST", "/api/tasks", 201],
        ["POST", "/api/tasks", 400],
        ["GET", "/api/tasks", 200],
        ["GET", undefined, 404],
        ["POST", "/api/tasks", 500],
      ],
    );
    assert.ok(requests.every((line) => typeof line.reqId === "string"));
    assert.ok(lines.some((line) => line.msg === "request failed"));
    const all = app.log.join("\n");
    assert.doesNotMatch(all, /doctor/);
    assert.doesNotMatch(all, /a-secret-password/);
  });
});
