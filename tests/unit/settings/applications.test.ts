import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import {
  applicationVariables,
  CLOSE_SECONDS,
  DRAIN_SECONDS,
  refusedBy,
} from "../../../settings/applications";
import { databaseUrls, unreachableUrls } from "../../support/database-urls";
import { settingsWith } from "../../support/fixtures";
import { ROOT } from "../../support/stacks";

type Environment = Readonly<Record<string, string>>;

interface Application {
  /** The file in which the application reads its environment. */
  file: string;
  /** Its function that does. */
  reader: string;
  /** What it doesn't start without. */
  needs: Environment;
}

const applications: Readonly<Record<"backend" | "frontend", Application>> = {
  backend: {
    file: "docker/backend/src/config.ts",
    reader: "readConfig",
    needs: {
      DATABASE_URL: "postgresql://u:p@h/d",
      BETTER_AUTH_SECRET: "b".repeat(32),
      JWT_SECRET: "j".repeat(32),
    },
  },
  frontend: {
    file: "docker/frontend/src/server/environment.ts",
    reader: "readEnvironment",
    needs: { BACKEND_URL: "http://todo-backend:7860" },
  },
};

/** Variables that an application takes whatever their value is, or that are settings of their own. */
const free = {
  backend: [
    ...["DATABASE_URL", "BETTER_AUTH_SECRET", "JWT_SECRET", "COHERE_API_KEY", "COHERE_MODEL"],
    ...["HOST", "PORT", "VERSION"],
  ],
  frontend: ["VERSION"],
};

/** Values of every kind, and the bounds of every whole number. */
const values = [
  ...["", " ", "0", "-1", "+1", "1", " 1 ", "01", "1.0", "1e3", "0x1", "ten", "10s", "true", "2 3"],
  ...[10, 11, 99, 100, 101, 300, 301, 3600, 3601, 60_000, 60_001].map(String),
  ...[300_000, 300_001, 1_000_000, 1_000_001, 999_999_999, 1_000_000_000].map(String),
  ...["trace", "debug", "info", "warn", "error", "fatal", "silent", "INFO", "verbose"],
  ...["production", "development", "test", "staging"],
  ...["http://a", "https://a.example:8443/x", "HTTP://A", "ftp://a", "a.example", "//a", "http:a"],
  ...[
    "http://",
    "http://a b",
    "http://a:99999",
    "http://a,https://b",
    "http://a, b",
    ",",
    "http://a,",
  ],
];

type Read = (environment: Environment) => unknown;

/** Loads an application's own reader of its environment. */
function readerOf({ file, reader }: Application): Read {
  const path = join(ROOT, file);
  const { [reader]: read } = createRequire(path)(path) as Record<string, Read>;
  assert.ok(read, `${file} has no ${reader}`);
  return read;
}

for (const [name, application] of Object.entries(applications)) {
  const component = name as keyof typeof applications;

  describe(`settings: variables of the ${component}`, () => {
    let read: Read;
    before(() => (read = readerOf(application)));

    const accepts = (variable: string, value: string) => {
      try {
        read({ ...application.needs, [variable]: value });
        return true;
      } catch (error) {
        assert.match(String(error), new RegExp(`${variable} is `), String(error));
        return false;
      }
    };

    it("are all known, or take any value", () => {
      const source = readFileSync(join(ROOT, application.file), "utf8");
      const names = [...source.matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(([, found]) => found);
      const known = [...Object.keys(applicationVariables[component]), ...free[component]];
      assert.deepEqual([...new Set(names)].sort(), known.sort());
    });

    for (const variable of Object.keys(applicationVariables[component])) {
      it(`${variable}: the application accepts what the settings accept, and nothing else`, () => {
        const given = values.filter(
          (value) => variable !== "BACKEND_URL" || value.trim() !== "", // It has no default.
        );
        const bySettings = given.filter(
          (value) => refusedBy(component, variable, value) === undefined,
        );
        const byApplication = given.filter((value) => accepts(variable, value));
        assert.deepEqual(bySettings, byApplication);
        assert.ok(bySettings.length > 0 && bySettings.length < given.length);
      });
    }

    it("have the defaults that the grace period is calculated with", () => {
      const { drainSeconds, closeSeconds } = read(application.needs) as Record<string, unknown>;
      assert.deepEqual([drainSeconds, closeSeconds], [DRAIN_SECONDS, CLOSE_SECONDS]);
    });
  });
}

describe("settings: databaseUrl", () => {
  let read: Read;
  before(() => (read = readerOf(applications.backend)));
  const load = createRequire(join(ROOT, "docker/backend/package.json"));
  const { Client } = load("pg") as { Client: new (options: object) => { database: string } };

  const bySettings = (databaseUrl: string) => {
    try {
      settingsWith({ databaseUrl });
      return true;
    } catch {
      return false;
    }
  };
  const byBackend = (url: string) => {
    try {
      read({ ...applications.backend.needs, DATABASE_URL: url });
      return new Client({ connectionString: url }).database !== "";
    } catch {
      return false;
    }
  };

  for (const url of databaseUrls) {
    it(`${url}: the backend and its client accept it where the settings do`, () => {
      assert.equal(bySettings(url), byBackend(url));
    });
  }

  for (const url of unreachableUrls) {
    it(`refuses ${url}, which the client accepts`, () => {
      assert.deepEqual([bySettings(url), byBackend(url)], [false, true]);
    });
  }
});
