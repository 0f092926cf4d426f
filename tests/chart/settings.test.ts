import assert from "node:assert/strict";
import { parseSettings, SettingsError } from "../../settings";
import { CHART, helm } from "../support/chart/helm";
import { SECRETS } from "../support/chart/scenarios";
import { databaseUrls, unreachableUrls } from "../support/database-urls";
import { asConfig, setting } from "../support/values";

type Tree = Record<string, unknown>;

/** A setting, the chart's value for the same, and what both may be given. */
type Row = [setting: string, value: string, given: readonly unknown[]];

const names = ["todo", "todo-2", "Todo", "todo_x", "-todo", "todo.x", "2todo", "t".repeat(64)];
const objects = ["todo", "todo.x", "2todo", "Todo", "todo..x", "todo-", "todo_x", "todo"];
const cpus = ["250m", "0.5", "2", "0", "0m", "0.0", "1.2345", "1k", "01", "half"];
const sizes = ["512Mi", "1.5Gi", "2G", "1000", "0", "512m", "512MB", "1 Gi", "-1Gi", "half"];
const labels = ["todo", "Todo.x_y", "", "a b", "-a", "a".repeat(64), "a/b", "ä"];
const paths = ["/a", "/a/b-c", "a", "/a b", "/a?b", "/a#b", "", "/"];
const folders = ["/tmp", "/a/b.c", "tmp", "/", "/a:b", "/a//b", "/tmp/", "/a b"];

const rows: readonly Row[] = [
  ["backend.name", "backend.name", names],
  ["frontend.service.name", "frontend.service.name", names],
  ["postgres.name", "postgres.name", [...names, "t".repeat(53), "t".repeat(52)]],
  ["namespace", "namespace.name", names],
  ["images.pullSecrets.0", "imagePullSecrets.0.name", objects],
  ["postgres.storageClass", "postgres.storageClass", objects],
  ["labels.app", "labels.app", labels],
  ["backend.selectorLabels.x", "backend.selectorLabels.x", labels],
  ["backend.resources.limits.cpu", "backend.resources.limits.cpu", ["900m", ...cpus.slice(2)]],
  ["postgres.resources.requests.cpu", "postgres.resources.requests.cpu", ["1m", ...cpus.slice(3)]],
  ["postgres.storage", "postgres.storage", sizes],
  ["frontend.probes.liveness.path", "frontend.probes.liveness.path", paths],
  ["backend.writablePaths.0.path", "backend.writablePaths.0.path", folders],
  [
    "secrets.keys.JWT_SECRET",
    "secret.keys.JWT_SECRET",
    ["jwt", "jwt.secret_x", ".jwt", "..jwt", ".", "a b", "a".repeat(254), "COHERE_API_KEY"],
  ],
  [
    "postgres.database",
    "postgres.database",
    ["todo", "todo_x", "todo-x", "Todo", "1todo", "template0", "template1", "pg_todo", "pgtodo"],
  ],
  ["postgres.user", "postgres.user", ["todo", "to-do_", "pg_", "pg", "template0x", "", "a b"]],
  [
    "postgres.image",
    "postgres.image",
    [
      ...["postgres:18.4", "a.example:5000/b/postgres:18", `postgres@sha256:${"0".repeat(64)}`],
      ...[
        "postgres",
        "postgres:latest",
        "Postgres:18",
        "a..b:1",
        "a__b:1",
        "a___b:1",
        "https://a/b:1",
      ],
    ],
  ],
  [
    "backend.image.name",
    "backend.image.repository",
    ["todo", "a/b-c", "a__b", "a--b", "a..b", "a_", "Todo", "todo:1"],
  ],
  [
    "configMap.data.LOG_LEVEL",
    "configMap.data.LOG_LEVEL",
    ["debug", "silent", "", "verbose", "DEBUG"],
  ],
  ["configMap.data.NODE_ENV", "configMap.data.NODE_ENV", ["test", "", "prod"]],
  [
    "configMap.data.DRAIN_SECONDS",
    "configMap.data.DRAIN_SECONDS",
    ["5", "0", "", "5s", "-1", "301"],
  ],
  ["backend.env.TRUSTED_PROXIES", "backend.env.TRUSTED_PROXIES", ["2", "10", "11", "two", ""]],
  ["frontend.env.BACKEND_TIMEOUT_MS", "frontend.env.BACKEND_TIMEOUT_MS", ["100", "99", "1s", ""]],
  [
    "configMap.data.BETTER_AUTH_URL",
    "configMap.data.BETTER_AUTH_URL",
    ["http://a, https://b", "", "a", "ftp://a"],
  ],
  ["backend.terminationGracePeriodSeconds", "backend.terminationGracePeriodSeconds", [21, 20, 5]],
  ["frontend.preStopSeconds", "frontend.preStopSeconds", [14, 15, 30]],
];

/** An object with a value at a path, in which a number leads into a list. */
function nested(path: string, value: unknown): Tree {
  const [, list, rest] = /^(.+)\.0(?:\.(.+))?$/.exec(path) ?? [];
  if (list === undefined) return setting(path, value);
  const volume = list.endsWith("writablePaths") ? { name: "a", sizeLimit: "1Mi" } : {};
  return setting(list, [rest === undefined ? value : { ...volume, ...setting(rest, value) }]);
}

/** What belongs to a value: both need more than the one that is tried. */
const company: Readonly<Record<string, Tree>> = {
  "backend.selectorLabels.x": { backend: { selectorLabels: { component: "x" } } },
};

function merge(a: Tree, b: Tree): Tree {
  const result = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const below = result[key];
    const isMap = (item: unknown) => item?.constructor === Object;
    result[key] = isMap(below) && isMap(value) ? merge(below as Tree, value as Tree) : value;
  }
  return result;
}

function bySettings(settings: Tree): string {
  try {
    parseSettings(asConfig(settings));
    return "";
  } catch (error) {
    assert.ok(error instanceof SettingsError, String(error));
    return error.message;
  }
}

async function byChart(values: Tree): Promise<string> {
  const run = await helm(["template", "todo-app", CHART], values);
  return run.code === 0 ? "" : run.stderr;
}

describe("chart: judges as the settings do", () => {
  for (const [path, key, given] of rows) {
    it(path, async () => {
      const judged = new Set<boolean>();
      for (const value of given) {
        const more = company[path] ?? {};
        const settings = bySettings(merge(more, nested(path, value)));
        const chart = await byChart(merge(more, nested(key, value)));
        judged.add(chart === "");
        assert.equal(
          settings === "",
          chart === "",
          `${JSON.stringify(value)}: the settings say: ${settings || "right"}; the chart: ${chart || "right"}`,
        );
      }
      assert.deepEqual(
        [...judged].sort(),
        [false, true],
        "nothing right, or nothing wrong among them",
      );
    });
  }

  for (const url of [...databaseUrls, ...unreachableUrls]) {
    it(`the database URL ${url}`, async () => {
      const values = { existingSecret: "", values: { ...SECRETS, DATABASE_URL: url } };
      const chart = await byChart({ secret: values });
      assert.equal(bySettings({ databaseUrl: url }) === "", chart === "", chart || "right");
    });
  }
});
