import assert from "node:assert/strict";
import { readConfig, readMigrationConfig } from "../src/config.ts";
import { ConfigError } from "../src/config.ts";
import { Program } from "./support/process.ts";

const DATABASE_URL = "postgresql://todo:secret@db:5432/todo";
const AUTH_SECRET = "a-secret-for-cookies-0123456789abcdef";
const JWT_SECRET = "a-secret-for-tokens-0123456789abcdefg";
const required = {
  DATABASE_URL: DATABASE_URL,
  BETTER_AUTH_SECRET: AUTH_SECRET,
  JWT_SECRET: JWT_SECRET,
};

function problems(env: Record<string, string>): readonly string[] {
  try {
    readConfig({ ...required, ...env });
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe("configuration", () => {
  it("needs nothing but DATABASE_URL and the secrets", () => {
    const config = readConfig(required);
    assert.equal(config.port, 7860);
    assert.equal(config.host, "0.0.0.0");
    assert.equal(config.logLevel, "info");
    assert.equal(config.nodeEnv, "production");
    assert.match(config.version, /^\d+\.\d+\.\d+/);
    assert.equal(config.publicUrl, "http://127.0.0.1:3000");
    assert.equal(config.trustedProxies, 1);
    assert.equal(config.model.apiKey, undefined);
    assert.equal(config.model.timeoutMs, 10_000);
  });

  it("accepts lists of addresses, and treats an empty variable as missing", () => {
    const config = readConfig({
      ...required,
      VERSION: "2.0.0",
      FRONTEND_URL: "http://todo-frontend:3000",
      BETTER_AUTH_URL: "https://todo.example/, http://127.0.0.1:30080",
      COHERE_API_KEY: "",
      COHERE_API_URL: "http://127.0.0.1:9999",
      COHERE_MODEL: "command-r",
    });
    assert.equal(config.version, "2.0.0");
    assert.equal(config.publicUrl, "https://todo.example/");
    assert.deepEqual(config.origins, [
      ...["https://todo.example", "http://127.0.0.1:30080", "http://todo-frontend:3000"],
    ]);
    assert.equal(config.model.apiKey, undefined);
    assert.equal(config.model.apiUrl, "http://127.0.0.1:9999");
    assert.equal(config.model.name, "command-r");
    assert.deepEqual([config.authSecret, config.jwtSecret], [AUTH_SECRET, JWT_SECRET]);
  });

  it("reads each limit from its variable", () => {
    const [some, usual] = [
      readConfig({
        ...{ ...required, RATE_LIMIT_PER_ADDRESS: "1", RATE_LIMIT_PER_USER: "2" },
        ...{ RATE_LIMIT_PASSWORDS: "3", RATE_LIMIT_SIGN_INS: "4", RATE_LIMIT_MESSAGES: "0" },
      }),
      readConfig(required),
    ].map(({ limits }) => limits);
    assert.deepEqual(some, {
      ...{ perAddress: 1, perUser: 2, passwordsPerAddress: 3 },
      ...{ signInsPerAccount: 4, messagesPerUser: 0 },
    });
    assert.deepEqual(usual, {
      ...{ perAddress: 12_000, perUser: 6000, passwordsPerAddress: 60 },
      ...{ signInsPerAccount: 10, messagesPerUser: 60 },
    });
  });

  it("refuses secrets that are missing or short, without showing them", () => {
    const found = problems({ BETTER_AUTH_SECRET: "", JWT_SECRET: "too-short" });
    assert.match(found[0] ?? "", /^BETTER_AUTH_SECRET is missing; expected 32 or more/);
    assert.match(found[1] ?? "", /^JWT_SECRET has 9 characters; expected 32 or more/);
    assert.doesNotMatch(found.join(), /too-short/);
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
      ...["BETTER_AUTH_URL", "FRONTEND_URL"],
      ...["DATABASE_URL", "LOG_LEVEL", "NODE_ENV", "PORT", "DRAIN_SECONDS"],
    ]);
    assert.match(found[3] ?? "", /"loud"; expected fatal, error, warn, info/);
    assert.match(found[5] ?? "", /"78600"; expected a whole number from 0 to 65535/);
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

  it("ignores the server's variables in a migration", () => {
    const config = readMigrationConfig({ DATABASE_URL: DATABASE_URL, PORT: "nonsense" });
    assert.equal(config.migrateWaitSeconds, 60);
  });

  for (const name of ["main", "migrate"] as const) {
    it(`ends dist/${name}.js with code 1 and the list`, async () => {
      const { code, stderr } = await Program.start(name, { LOG_LEVEL: "x" }).ended;
      assert.equal(code, 1);
      assert.match(stderr, /DATABASE_URL is missing/);
      assert.match(stderr, /LOG_LEVEL is "x"/);
      assert.doesNotMatch(
        stderr,
        /\n\s+at /,
        "no stack for an error that tells an operator what to do",
      );
    });
  }
});
