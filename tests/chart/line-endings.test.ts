import assert from "node:assert/strict";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { helmTemplate } from "../../lib/kubernetes/helm-template";
import { CHART, helm, type Values } from "../support/chart/helm";
import { EVERYTHING } from "../support/chart/scenarios";

describe("chart: with CRLF line endings", () => {
  let chart: string;
  before(async () => {
    chart = await mkdtemp(path.join(tmpdir(), "chart-crlf-"));
    await cp(CHART, chart, { recursive: true });
    const entries = await readdir(chart, { recursive: true, withFileTypes: true });
    for (const entry of entries.filter((each) => each.isFile())) {
      const file = path.join(entry.parentPath, entry.name);
      const text = await readFile(file, "utf8");
      await writeFile(file, text.replaceAll("\n", "\r\n"));
    }
  });
  after(() => rm(chart, { recursive: true }));

  it("makes the same objects", async () => {
    const objects = (folder: string) =>
      helmTemplate({ path: folder, releaseName: "todo", values: EVERYTHING, includeTests: true });
    assert.deepEqual(await objects(chart), await objects(CHART));
  });

  it("refuses two objects of one name in one file and in two", async () => {
    const refused: [Values, RegExp][] = [
      [
        {
          backend: { serviceAccount: { name: "one" } },
          frontend: { serviceAccount: { name: "one" } },
        },
        /ServiceAccount "one" would be made twice by templates\/serviceaccounts\.yaml/,
      ],
      [
        { backend: { name: "todo-app-default-deny" } },
        /NetworkPolicy "todo-app-default-deny" would be made twice by templates\/networkpolicy\.yaml/,
      ],
    ];
    for (const [values, message] of refused) {
      const { code, stderr } = await helm(["template", "todo-app", chart], values);
      assert.notEqual(code, 0);
      assert.match(stderr, message);
    }
  });
});
