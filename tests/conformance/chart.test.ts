import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { at } from "../../lib/pulumi/values";
import { CHART, chartFile, helm } from "../support/chart/helm";
import { models, render } from "../support/conformance/model";

const semantic = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;

/** Names and versions that the data models give the chart. */
const metadata = [
  { name: "todo-backend", version: "1.0.0", appVersion: "1.0.0" },
  { name: "todo-chatbot", version: "0.1.0", appVersion: "1.0.0" },
  { name: "todo-app", version: "0.1.0", appVersion: "3.0.0" },
];

/** A copy of the chart under another name and version. */
function renamed(folder: string, over: object): string {
  const copy = join(folder, "chart");
  cpSync(CHART, copy, { recursive: true });
  const chart = join(copy, "Chart.yaml");
  writeFileSync(chart, stringify({ ...(parse(readFileSync(chart, "utf8")) as object), ...over }));
  return copy;
}

describe("conformance: the chart", () => {
  it("is an application with a name, semantic versions and a description, and needs no other chart", () => {
    const chart = chartFile("Chart.yaml");
    assert.equal(at(chart, "name"), "todo-app");
    assert.equal(at(chart, "type"), "application");
    assert.match(String(at(chart, "version")), semantic);
    assert.match(String(at(chart, "appVersion")), semantic);
    assert.match(String(at(chart, "description")), /^Todo application/);
    assert.equal(at(chart, "dependencies"), undefined);
  });

  it("renders the same under the name and version of every data model", async () => {
    const { values } = await models["004"].deployed("chart");
    const specs = (objects: Awaited<ReturnType<typeof render>>) =>
      objects.map(({ kind, metadata: { name }, spec }) => ({ kind, name, spec }));
    const named = { ...values, fullnameOverride: "todo-app", nameOverride: "todo-app" };
    const before = await render("todo-app", "todo-app", named);
    for (const over of metadata) {
      const folder = mkdtempSync(join(tmpdir(), "todo-chart-"));
      try {
        const copy = renamed(folder, over);
        const objects = await render("todo-app", "todo-app", named, copy);
        assert.deepEqual(specs(objects), specs(before));
        for (const {
          metadata: { labels },
        } of objects) {
          assert.equal(labels["helm.sh/chart"], `${over.name}-${over.version}`);
        }
      } finally {
        rmSync(folder, { recursive: true });
      }
    }
  });

  it("passes helm lint --strict with the values of every data model", async () => {
    for (const model of Object.values(models)) {
      const { id, settings } = model;
      const { values } = await model.deployed("chart");
      const run = await helm(
        ["lint", "--strict", "--namespace", settings.namespace, CHART],
        values,
      );
      assert.equal(run.code, 0, `${id}: ${run.stdout}${run.stderr}`);
    }
  });

  it("is refused by helm where its values are wrong", async () => {
    const { values } = await models["004"].deployed("chart");
    const wrong = { ...values, backend: { ...(values.backend as object), replicas: "two" } };
    const run = await helm(["lint", "--strict", CHART], wrong);
    assert.notEqual(run.code, 0);
    assert.match(run.stdout + run.stderr, /replicas/);
  });

  it("has templates for the Deployments, the Services, the migration, autoscalers and an Ingress", () => {
    const templates = readdirSync(join(CHART, "templates"));
    for (const name of [
      ...["backend-deployment.yaml", "backend-service.yaml"],
      ...["frontend-deployment.yaml", "frontend-service.yaml"],
      ...["migration-job.yaml", "hpa.yaml", "ingress.yaml", "_helpers.tpl", "NOTES.txt"],
      ...["namespace.yaml", "configmap.yaml", "secret.yaml"],
    ]) {
      assert.ok(templates.includes(name), `${name} among ${templates.join(", ")}`);
    }
    for (const name of ["values.yaml", "README.md"]) assert.ok(readdirSync(CHART).includes(name));
  });

  it("makes an autoscaler and an Ingress where they are asked for, and none by default", async () => {
    const { values } = await models["004"].deployed("chart");
    const optional = (objects: Awaited<ReturnType<typeof render>>) =>
      objects
        .map(({ kind }) => kind)
        .filter((kind) => kind === "HorizontalPodAutoscaler" || kind === "Ingress");
    assert.deepEqual(optional(await render("todo-app", "todo-app", values)), []);
    const asked = {
      ...values,
      ingress: { enabled: true },
      backend: { ...(values.backend as object), autoscaling: { enabled: true } },
    };
    assert.deepEqual(optional(await render("todo-app", "todo-app", asked)).sort(), [
      "HorizontalPodAutoscaler",
      "Ingress",
    ]);
  });

  it("migrates the database by a hook before every install and upgrade", async () => {
    const { objects } = await models["002"].deployed();
    const [job] = objects.filter(({ kind }) => kind === "Job");
    assert.ok(job);
    const hooks = (job.metadata.annotations?.["helm.sh/hook"] ?? "").split(",").sort();
    assert.deepEqual(hooks, ["pre-install", "pre-upgrade"]);
  });

  it("is released with a way back: atomic, with revisions kept", async () => {
    for (const model of Object.values(models)) {
      const { resources } = await model.deployed();
      const release = resources.one("kubernetes:helm.sh/v3:Release");
      assert.equal(release.input("atomic"), true);
      assert.equal(release.input("name"), model.settings.chart.releaseName);
      assert.equal(release.input("chart"), "./helm/todo-app");
      assert.ok(Number(release.input("maxHistory")) >= 2);
    }
  });
});
