import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { at } from "../../lib/pulumi/values";
import type { Values } from "../support/chart/helm";
import { CHART, chartFile, helm, render } from "../support/chart/helm";
import { AROUND, COMPLETE, DEFAULTS, EVERYTHING, FILES, GIVEN } from "../support/chart/scenarios";

describe("chart: metadata and lint", () => {
  it("is todo-app 1.0.0 of application 1.0.0", () => {
    const chart = chartFile("Chart.yaml");
    assert.equal(at(chart, "name"), "todo-app");
    assert.equal(at(chart, "type"), "application");
    assert.equal(at(chart, "version"), "1.0.0");
    assert.equal(at(chart, "appVersion"), "1.0.0");
  });

  const files = Object.fromEntries(FILES.map((file) => [file, chartFile(file) as Values]));
  const all = { DEFAULTS, AROUND, EVERYTHING, COMPLETE, GIVEN, ...files };
  for (const [name, values] of Object.entries(all)) {
    it(`passes helm lint --strict with the values ${name}`, async () => {
      const run = await helm(["lint", "--strict", CHART], values);
      assert.equal(run.code, 0, run.stdout + run.stderr);
      assert.doesNotMatch(run.stdout, /\[(WARNING|ERROR)\]/);
    });
  }

  it("renders on every Kubernetes from 1.30, and refuses an older one in words", async () => {
    for (const version of ["1.30.0", "1.34.0", "1.37.0"]) {
      assert.ok((await render({}, ["--kube-version", version])).length > 0);
    }
    await assert.rejects(
      render({}, ["--kube-version", "1.29.6"]),
      /the cluster runs Kubernetes v1\.29\.6, and the chart needs 1\.30 or newer/,
    );
  });

  it("describes every key of values.yaml above it", () => {
    const lines = readFileSync(path.join(CHART, "values.yaml"), "utf8").split("\n");
    const described = (index: number): boolean => /^\s*(- )?#/.test(lines[index - 1] ?? "");
    const bare = lines.filter((line, index) => {
      const isLeaf = /^\s*[\w./-]+: \S/.test(line);
      const parentIsDescribed = (lines[index - 1] ?? "").endsWith(":") && described(index - 1);
      return isLeaf && !described(index) && !parentIsDescribed;
    });
    assert.deepEqual(bare, []);
  });

  it("calls no image latest", async () => {
    for (const values of [DEFAULTS, AROUND, EVERYTHING]) {
      assert.doesNotMatch(JSON.stringify(await render(values)), /:latest\b/);
    }
  });
});
