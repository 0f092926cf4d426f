import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "yaml";
import { parseManifest } from "../../lib/kubernetes/objects";
import { CHART, helm, type Manifest, render } from "../support/chart/helm";
import { COMPLETE, EVERYTHING } from "../support/chart/scenarios";

describe("chart: objects", () => {
  it("are looked through for two of one name, whichever template makes them", () => {
    const helper = readFileSync(path.join(CHART, "templates/_validate-objects.tpl"), "utf8");
    const list = /define "todo-app\.objectTemplates" -}}\n(.*?)\{\{/s.exec(helper)?.[1] ?? "";
    const files = readdirSync(path.join(CHART, "templates"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".yaml") && file !== "validate.yaml")
      .map((file) => file.slice(0, -".yaml".length));
    assert.deepEqual((parse(list) as string[]).sort(), files.sort());
  });

  it("have the standard labels, each of them", async () => {
    for (const values of [EVERYTHING, COMPLETE]) {
      for (const { kind, metadata } of await render(values)) {
        const found = Object.fromEntries(
          ["name", "instance", "version", "part-of", "managed-by"].map((key) => [
            key,
            metadata.labels[`app.kubernetes.io/${key}`],
          ]),
        );
        const expected = {
          name: "todo-app",
          instance: "todo-app",
          version: "1.0.0",
          "part-of": "todo-app",
          "managed-by": "Helm",
        };
        assert.deepEqual(found, expected, `${kind} ${metadata.name}`);
        assert.equal(metadata.labels["helm.sh/chart"], "todo-app-1.0.0");
      }
    }
  });

  it("are the same where the chart is part of another, which has global values", async () => {
    const parent = await mkdtemp(path.join(tmpdir(), "chart-parent-"));
    try {
      await mkdir(path.join(parent, "charts"));
      await cp(CHART, path.join(parent, "charts/todo-app"), { recursive: true });
      const chart = { apiVersion: "v2", name: "parent", version: "1.0.0" };
      await writeFile(path.join(parent, "Chart.yaml"), JSON.stringify(chart));
      const args = ["template", "todo-app", parent, "--namespace", "todo-app"];
      const run = await helm(args, { global: { team: "a" } });
      assert.equal(run.code, 0, run.stderr);
      assert.deepEqual(parseManifest<Manifest>(run.stdout), await render());
    } finally {
      await rm(parent, { recursive: true });
    }
  });
});
