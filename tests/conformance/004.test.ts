import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { resources as quantities, sum, times } from "../../lib/kubernetes/quantity";
import { at } from "../../lib/pulumi/values";
import { CHART, chartFile, find } from "../support/chart/helm";
import { assertBlock, type Exceptions } from "../support/conformance/blocks";
import { Dockerfile, words } from "../support/conformance/dockerfile";
import { models } from "../support/conformance/model";
import { containerOf } from "../support/conformance/objects";

const model = models["004"];
const block = (line: number): unknown => parse(model.document.block(line));

/** Holds an object against the block that describes it. */
function same(line: number, kind: string, name: string, exceptions: Exceptions = {}) {
  return model.always(({ objects }) => {
    assertBlock(find(objects, kind, name), block(line), exceptions);
  });
}

const container = (name: string) => `spec > template > spec > containers > ${name}`;

describe("conformance: data model 004", () => {
  it("has the backend's Deployment, field by field, but for the tag latest", () =>
    same(117, "Deployment", "todo-backend", {
      [`${container("backend")} > image`]: /^todo-backend:1\.0\.0-[0-9a-f]{12}$/,
    }));

  it("has the frontend's Deployment, field by field, but for the tag latest", () =>
    same(181, "Deployment", "todo-frontend", {
      [`${container("frontend")} > image`]: /^todo-frontend:1\.0\.0-[0-9a-f]{12}$/,
    }));

  it("has the backend's Service, field by field", () => same(238, "Service", "todo-backend"));

  it("has the frontend's Service, field by field", () => same(261, "Service", "todo-frontend"));

  it("has the ConfigMap, field by field", () => same(291, "ConfigMap", "todo-config"));

  it("has the Secret, key by key", () =>
    model.always(({ objects }) => {
      const secret = find(objects, "Secret", "todo-secrets");
      const { data, ...rest } = block(313) as { data: Record<string, string> };
      assertBlock(secret, rest);
      const keys = Object.keys(at(secret, "stringData") as object);
      for (const key of Object.keys(data)) assert.ok(keys.includes(key), key);
    }));

  it("has the chart's metadata, but for the words that describe another backend", () => {
    assertBlock(chartFile("Chart.yaml"), block(344), {
      description: /^Todo application with AI chatbot/,
      // The API is written with Fastify.
      "keywords > fastapi": undefined,
    });
    assert.ok((at(chartFile("Chart.yaml"), "keywords") as string[]).includes("fastify"));
  });

  it("gives its values to the chart, but for the tag latest, and secrets by the name of the Secret alone", async () => {
    const { values } = await model.deployed("chart");
    const said = block(365) as {
      secrets: Record<string, string>;
      healthCheck: { liveness: object; readiness: object };
    };
    const { secrets, healthCheck, ...rest } = said;
    const tag = /^1\.0\.0-[0-9a-f]{12}$/;
    assertBlock(values, rest, { "backend > image > tag": tag, "frontend > image > tag": tag });
    for (const side of ["backend", "frontend"]) {
      assertBlock(at(values, `${side}.probes`), healthCheck);
    }
    for (const key of Object.keys(secrets)) assert.equal(secrets[key], "");
    assert.equal(at(values, "secrets"), undefined);
    const text = JSON.stringify(values);
    assert.ok(!text.includes("a-key-for-the-language-model"));
  });

  it("has the helpers of its block: the names line by line, the labels by their keys", async () => {
    const helpers = readFileSync(join(CHART, "templates", "_helpers.tpl"), "utf8");
    const lines = new Set(helpers.split("\n").map((line) => line.trim()));
    const said = model.document.block(428).split("\n");
    const names = said.slice(0, said.indexOf("Common labels"));
    for (const line of names.filter((text) => text.startsWith("{{-") || text.startsWith("  {{-"))) {
      assert.ok(lines.has(line.trim()), line);
    }
    for (const line of said.filter((text) => text.includes("define"))) {
      assert.ok(lines.has(line), line);
    }
    const { objects } = await model.deployed("chart");
    const { labels } = find(objects, "Deployment", "todo-backend").metadata;
    assert.equal(labels["helm.sh/chart"], "todo-app-1.0.0");
    assert.equal(labels["app.kubernetes.io/version"], "1.0.0");
    assert.equal(labels["app.kubernetes.io/managed-by"], "Helm");
    assert.equal(labels["app.kubernetes.io/name"], "todo-app");
    assert.equal(labels["app.kubernetes.io/instance"], "todo-app");
  });

  it("listens on 7860 and 3000, by the variable PORT, which the images default to", () =>
    model.always(({ objects }) => {
      for (const [component, port] of [
        ["backend", "7860"],
        ["frontend", "3000"],
      ] as const) {
        const { env } = containerOf(objects, `todo-${component}`);
        assert.equal(env.find(({ name }) => name === "PORT")?.value, port);
        const ofImage = words(new Dockerfile(component).last, "ENV").join(" ");
        assert.match(ofImage, new RegExp(`\\bPORT=${port}\\b`));
      }
    }));

  it("requests less than 4 GB and 2 CPUs in all", () =>
    model.always(({ objects }) => {
      const asked = ["todo-backend", "todo-frontend"].map((name) =>
        times(quantities(containerOf(objects, name).resources.requests), 2),
      );
      const { cpu, memory } = sum(asked);
      assert.deepEqual({ cpu, memory }, { cpu: 700, memory: 1536 });
      assert.ok(cpu < 2000 && memory < 4096);
    }));
});
