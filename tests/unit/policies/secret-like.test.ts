import assert from "node:assert/strict";
import { isSecretName, secretIn } from "../../../policies/secret-like";

const secrets = [
  ...["JWT_SECRET", "SMTP_PASS", "smtpPass", "PGPASSWORD", "MYSQL_PWD", "NPM_TOKEN", "npmToken"],
  ...[
    "API_KEY",
    "APIKEY",
    "COHERE_API_KEY",
    "PRIVATE_KEY",
    "AWS_SECRET_ACCESS_KEY",
    "JWT_SECRET_KEY",
  ],
  ...["DB_PASSWORD1", "DB_PASSWORD_2", "TOKEN", "SECRET_KEY_BASE", "client-secret", "db.password"],
  ...["SSH_PRIVATE_KEY", "CREDENTIALS", "KEY_PASSPHRASE", "GITHUB_PAT", "SESSION_KEY"],
];

const others = [
  ...["MAX_TOKENS", "TOKEN_TTL_SECONDS", "RATE_LIMIT_PASSWORDS", "PASSWORD_MIN_LENGTH", "PWD"],
  ...["OLDPWD_COUNT", "TOKEN_URL", "SECRET_NAME", "PASSWORD_FILE", "API_KEY_HEADER", "PUBLIC_KEY"],
  ...["CACHE_KEY", "BYPASS", "COMPASS", "KEYBOARD", "LOG_LEVEL", "NODE_ENV", "PRIMARY_KEY", "KEY"],
  ...["TOKENIZERS_PARALLELISM", "SECRETARY", "", "AWS_ACCESS_KEY_ID", "PASSENGER_COUNT"],
];

const values: [text: string, what: string | undefined][] = [
  ["postgresql://a:b@c/d", "a URL with a password"],
  ["redis://:b@c", "a URL with a password"],
  ["see amqp://a:b@c, amqp://d", "a URL with a password"],
  ["host=db user=a password=b", "a password, key or token"],
  ["Server=db;User=a;Password=b;", "a password, key or token"],
  ["https://a.example/?access_token=b", "a password, key or token"],
  ["--password=b", "a password, key or token"],
  ["-----BEGIN PRIVATE KEY-----", "a private key"],
  ["postgresql://a@c/d", undefined],
  ["postgresql://a:$(DB_PASSWORD)@c/d", undefined],
  ["host=db password=$(DB_PASSWORD)", undefined],
  ["https://a.example:8443/b@c", undefined],
  ["maxtokens=4096", undefined],
  ["4096", undefined],
];

describe("policies: what looks like a secret", () => {
  for (const name of secrets) {
    it(`${name} is a secret's name`, () => {
      assert.equal(isSecretName(name), true);
    });
  }
  for (const name of others) {
    it(`${name || "an empty name"} isn't one`, () => {
      assert.equal(isSecretName(name), false);
    });
  }
  for (const [text, what] of values) {
    it(`${text} ${what === undefined ? "is no secret" : `has ${what}`}`, () => {
      assert.equal(secretIn(text), what);
    });
  }
});
