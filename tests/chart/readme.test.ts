import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { at } from "../../lib/pulumi/values";
import { described, generate, PAGE } from "../../scripts/docs/chart";
import { CHART, chartFile, template } from "../support/chart/helm";
import { leaves } from "../support/chart/schema";

describe("chart: README.md and files of values", () => {
  it("is what `npm run docs` makes of values.yaml", async () => {
    const message = "helm/todo-app/README.md is out of date: npm run docs";
    assert.equal(readFileSync(PAGE, "utf8"), await generate(), message);
  });

  it("has every value, once, with its default and what it is", () => {
    const text = readFileSync(PAGE, "utf8");
    const entries = described(readFileSync(path.join(CHART, "values.yaml"), "utf8"));
    const keys = entries.filter(({ ofValue }) => ofValue).map(({ key }) => key);
    assert.ok(keys.length > 200);
    for (const key of keys) assert.equal(text.split(`| \`${key}\` `).length, 2, key);
    // A described map stands for all that is in it.
    const undescribed = leaves()
      .map(({ path: steps }) =>
        steps
          .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
          .join("")
          .slice(1),
      )
      .filter((leaf) => !keys.some((key) => leaf === key || leaf.startsWith(`${key}.`)));
    assert.deepEqual(undescribed, []);
    for (const { key, value, ofValue } of entries) {
      if (ofValue && !key.includes("[")) {
        assert.deepEqual(at(chartFile("values.yaml"), key), value, key);
      }
    }
  });

  for (const file of ["values/dev.yaml", "values/prod.yaml"]) {
    it(`${file} sets only what differs from values.yaml`, () => {
      const same = leaves(chartFile(file)).filter(({ path: steps, value }) => {
        const standard = steps.reduce<unknown>(
          (here, step) => at(here, String(step)),
          chartFile("values.yaml"),
        );
        return JSON.stringify(standard) === JSON.stringify(value);
      });
      // What these values are about is said although it is the default.
      const said = ["secret.existingSecret", "networkPolicy.database.port"];
      const left = same.map(({ path: steps }) => steps.join("."));
      assert.deepEqual(
        left.filter((key) => !said.includes(key) && !/\.(min|max)Replicas$/.test(key)),
        [],
      );
    });
  }

  it("templates take images, ports, sizes and names from the values alone", async () => {
    // Another value shows everywhere: what is left of the old one would be a literal.
    const changed = await template({
      backend: { name: "api", port: 7001, component: "api", service: { port: 7002 } },
      frontend: {
        name: "web",
        port: 7003,
        component: "web",
        service: { port: 7004, nodePort: 30999 },
      },
      labels: { app: "other" },
      configMap: { name: "config" },
      secret: { existingSecret: "hidden" },
    });
    for (const literal of [
      "7860",
      "3000",
      "30080",
      "todo-config",
      "todo-secrets",
      "todo-frontend",
    ]) {
      const lines = changed.split("\n").filter((line) => line.includes(literal));
      const left = lines.filter((line) => !/(image|# Source): /.test(line));
      assert.deepEqual(left, [], literal);
    }
  });
});
