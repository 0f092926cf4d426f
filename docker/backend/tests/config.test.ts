import assert from "node:assert/strict";
import { ConfigError, readConfig, readMigrationConfig } from "../src/config.ts";
import { Program } from "./support/program.ts";

const URL_OK = "postgresql://todo:secret@db:5432/todo";

function problems(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe("configuration", () => {
  it("needs nothing but DATABASE_URL", () => {
    const config = readConfig({ DATABASE_URL: URL_OK });
    assert.equal(config.port, 7860);
    assert.equal(config.host, "0.0.0.0");
    assert.equal(config.logLevel, "info");
    assert.equal(config.nodeEnv, "production");
    assert.match(config.version, /^\d+\.\d+\.\d+/);
    assert.equal(config.cohereApiKey, undefined);
  });

  it("takes what the chatbot will need, and counts empty as missing", () => {
    const config = readConfig({
      DATABASE_URL: URL_OK,
      VERSION: "2.0.0",
      FRONTEND_URL: "http://todo-frontend:3000",
      BETTER_AUTH_URL: "https://todo.example",
      COHERE_API_KEY: "",
      BETTER_AUTH_SECRET: "a",
      JWT_SECRET: "b",
    });
    assert.equal(config.version, "2.0.0");
    assert.equal(config.frontendUrl, "http://todo-frontend:3000");
    assert.equal(config.betterAuthUrl, "https://todo.example");
    assert.equal(config.cohereApiKey, undefined);
    assert.deepEqual([config.betterAuthSecret, config.jwtSecret], ["a", "b"]);
  });

  it("names every wrong variable in one error", () => {
    const found = problems({
      DATABASE_URL: "",
      LOG_LEVEL: "loud",
      NODE_ENV: "prod",
      PORT: "78600",
      DRAIN_SECONDS: "-1",
      FRONTEND_URL: "todo-frontend:3000",
      BETTER_AUTH_URL: "nowhere",
    });
    const names = found.map((problem) => problem.split(" ")[0]);
    assert.deepEqual(names, [
      ...["DATABASE_URL", "LOG_LEVEL", "NODE_ENV", "PORT", "DRAIN_SECONDS"],
      ...["FRONTEND_URL", "BETTER_AUTH_URL"],
    ]);
    assert.match(found[1] ?? "", /"loud"; expected fatal, error, warn, info/);
    assert.match(found[3] ?? "", /"78600"; expected a whole number from 0 to 65535/);
  });

  for (const [what, url, expected] of [
    ["another scheme", "mysql://todo:secret@db/todo", /starts with mysql:\/\//],
    ["no host", "postgresql:///todo", /names no host/],
    ["no database", "postgresql://todo:secret@db:5432", /names no database/],
    ["a password that is not encoded", "postgresql://todo:sec/ret@db:x/todo", /percent-encoded/],
  ] as const) {
    it(`refuses a DATABASE_URL with ${what}, without showing it`, () => {
      const [problem = ""] = problems({ DATABASE_URL: url });
      assert.match(problem, expected);
      assert.doesNotMatch(problem, /sec\/?ret/);
    });
  }

  it("asks no more of the migration than it needs", () => {
    const config = readMigrationConfig({ DATABASE_URL: URL_OK, PORT: "nonsense" });
    assert.equal(config.migrateWaitSeconds, 60);
  });

  for (const name of ["main", "migrate"] as const) {
    it(`ends dist/${name}.js with code 1 and the list`, async () => {
      const { code, stderr } = await Program.start(name, { LOG_LEVEL: "x" }).ended;
      assert.equal(code, 1);
      assert.match(stderr, /DATABASE_URL is missing/);
      assert.match(stderr, /LOG_LEVEL is "x"/);
      assert.doesNotMatch(stderr, /\n\s+at /, "no stack for an error that is meant for people");
    });
  }
});
