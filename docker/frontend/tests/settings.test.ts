import assert from "node:assert/strict";
import { readSettings, SettingsError } from "../src/server/settings.ts";

describe("settings", () => {
  it("need nothing but BACKEND_URL", () => {
    const settings = readSettings({ BACKEND_URL: "http://todo-backend:7860" });
    assert.equal(settings.backendUrl.href, "http://todo-backend:7860/");
    assert.equal(settings.backendTimeoutMs, 10_000);
    assert.equal(settings.drainSeconds, 5);
  });

  it("take the version from VERSION, or else from the package", () => {
    const env = { BACKEND_URL: "http://todo-backend:7860" };
    assert.equal(readSettings({ ...env, VERSION: " 2.3.4 " }).version, "2.3.4");
    assert.match(readSettings({ ...env, VERSION: "" }).version, /^\d+\.\d+\.\d+$/);
  });

  for (const [what, env, expected] of [
    ["missing", {}, ["BACKEND_URL is missing; expected the API's address"]],
    ["empty", { BACKEND_URL: " " }, ["BACKEND_URL is missing"]],
    ["no http", { BACKEND_URL: "todo-backend:7860" }, ['BACKEND_URL is "todo-backend:7860"']],
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
    it(`say what is wrong: ${what}`, () => {
      assert.throws(
        () => readSettings(env),
        (error) => {
          assert.ok(error instanceof SettingsError);
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
