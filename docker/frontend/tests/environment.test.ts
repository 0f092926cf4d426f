import assert from "node:assert/strict";
import { EnvironmentError, readEnvironment } from "../src/server/environment.ts";

describe("environment variables", () => {
  it("have defaults, except for BACKEND_URL", () => {
    const environment = readEnvironment({ BACKEND_URL: "http://todo-backend:7860" });
    assert.equal(environment.backendUrl.href, "http://todo-backend:7860/");
    assert.equal(environment.backendTimeoutMs, 10_000);
    assert.equal(environment.drainSeconds, 5);
  });

  it("set the version, which is that of the package by default", () => {
    const env = { BACKEND_URL: "http://todo-backend:7860" };
    assert.equal(readEnvironment({ ...env, VERSION: " 2.3.4 " }).version, "2.3.4");
    assert.match(readEnvironment({ ...env, VERSION: "" }).version, /^\d+\.\d+\.\d+$/);
  });

  for (const [what, env, expected] of [
    ["missing", {}, ["BACKEND_URL is missing; expected the API's address"]],
    ["empty", { BACKEND_URL: " " }, ["BACKEND_URL is missing"]],
    ["without http:", { BACKEND_URL: "todo-backend:7860" }, ['BACKEND_URL is "todo-backend:7860"']],
    [
      "all at once",
      { BACKEND_URL: "x", BACKEND_TIMEOUT_MS: "1s", DRAIN_SECONDS: "-1", CLOSE_SECONDS: "0" },
      [
        'BACKEND_URL is "x"',
        'BACKEND_TIMEOUT_MS is "1s"; expected a whole number from 100 to 300000',
        'DRAIN_SECONDS is "-1"',
        'CLOSE_SECONDS is "0"',
      ],
    ],
  ] as const) {
    it(`are rejected with a message: ${what}`, () => {
      assert.throws(
        () => readEnvironment(env),
        (error) => {
          assert.ok(error instanceof EnvironmentError);
          assert.equal(error.problems.length, expected.length);
          expected.forEach((start, index) => {
            assert.ok(error.problems[index]?.startsWith(start), error.problems[index]);
          });
          return true;
        },
      );
    });
  }
});
