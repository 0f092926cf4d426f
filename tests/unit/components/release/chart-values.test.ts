import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { valueOf } from "../../../../cli/preview/registered-resource";
import {
  chartValues,
  splitReference,
  withChartHash,
} from "../../../../components/release/chart-values";
import { fakeSecrets, settingsWith } from "../../../support/fixtures";
import { at } from "../../../support/values";

/** The values of the chart, in plain. */
function values(settings: Record<string, unknown> = {}, externalDatabase?: string) {
  return valueOf(
    chartValues(settingsWith(settings), {
      images: {
        backend: pulumi.output("todo-backend:1.0.0-aaa"),
        frontend: "todo-frontend:1.0.0-bbb",
      },
      configMapName: pulumi.output("config-1"),
      ipv6: true,
      secretName: "secret-1",
      podAnnotations: { "todo-app/config-revision": pulumi.output("1") },
      externalDatabase,
    }),
  );
}

describe("components: the chart's values", () => {
  it("say who owns the workloads", async () => {
    assert.equal(at(await values(), "workloads.create"), false);
    assert.equal(at(await values({ workloads: "chart" }), "workloads.create"), true);
  });

  it("carry the chart's hash, where an edit of the chart shows", () => {
    const hashOf = (given: object) =>
      at(withChartHash({ annotations: given }, "abc"), "annotations.todo-app/chart-hash");
    assert.equal(at(withChartHash({}, "abc"), "annotations.todo-app/chart-hash"), "abc");
    assert.equal(hashOf({ mine: "1" }), "abc");
    assert.equal(hashOf({ "todo-app/chart-hash": "mine" }), "mine");
  });

  it("name ConfigMap, Secret and images, and carry the annotations that roll the pods", async () => {
    const found = await values({ images: { pullSecrets: ["pull"], pullPolicy: "Never" } });
    assert.deepEqual(at(found, "configMap"), { existingConfigMap: "config-1" });
    assert.equal(at(found, "secret.existingSecret"), "secret-1");
    assert.deepEqual(at(found, "backend.image"), {
      repository: "todo-backend",
      tag: "1.0.0-aaa",
      digest: "",
      pullPolicy: "Never",
    });
    assert.deepEqual(at(found, "imagePullSecrets"), [{ name: "pull" }]);
    assert.deepEqual(at(found, "podAnnotations"), { "todo-app/config-revision": "1" });
  });

  it("carry the services' settings, and nothing of how their images are built", async () => {
    const found = await values({
      backend: { replicas: 3, image: { args: { X: "1" } }, service: { name: "api" } },
    });
    const { backend } = settingsWith();
    for (const key of ["name", "port", "resources", "probes", "writablePaths", "autoscaling"]) {
      assert.deepEqual(at(found, `backend.${key}`), at(backend, key), key);
    }
    assert.equal(at(found, "backend.replicas"), 3);
    assert.equal(at(found, "backend.service.name"), "api");
    assert.equal(at(found, "frontend.service.name"), "");
    assert.equal(at(found, "backend.image.args"), undefined);
  });

  it("open the way to the database: in the cluster, at a port of any host, or at an address", async () => {
    const database = async (url?: string) => at(await values({}, url), "networkPolicy.database");
    assert.deepEqual(await database(), { inCluster: true });
    assert.equal(at(await values(), "networkPolicy.ipv6"), true);
    const anywhere = ["0.0.0.0/0"];
    assert.deepEqual(await database("postgresql://u:p@ep.neon.example/db?sslmode=require"), {
      inCluster: false,
      port: 5432,
      cidrs: anywhere,
    });
    assert.deepEqual(await database("postgres://u:p@ep.neon.example:6543/db"), {
      inCluster: false,
      port: 6543,
      cidrs: anywhere,
    });
    assert.deepEqual(await database("postgres://u:p@192.0.2.7/db"), {
      inCluster: false,
      port: 5432,
      cidrs: ["192.0.2.7/32"],
    });
    assert.deepEqual(await database("postgres://u:p@[2001:DB8::7]:6543/db"), {
      inCluster: false,
      port: 6543,
      cidrs: ["2001:db8::7/128"],
    });
  });

  it("hold no secret, not even an external database's URL", async () => {
    const found = await values(fakeSecrets, fakeSecrets.databaseUrl);
    assert.doesNotMatch(JSON.stringify(found), /hush|neon/);
  });

  it("are overridden by chart.values, key by key", async () => {
    const found = await values({
      workloads: "chart",
      chart: {
        values: { ingress: { enabled: true }, backend: { replicas: 9, image: { tag: "x" } } },
      },
    });
    assert.equal(at(found, "ingress.enabled"), true);
    assert.equal(at(found, "backend.replicas"), 9);
    assert.equal(at(found, "backend.name"), "todo-backend");
  });
});

describe("components: splitReference", () => {
  const digest = `sha256:${"a".repeat(64)}`;
  const cases: [string, string, string, string][] = [
    ["todo-backend:1.0.0-abc", "todo-backend", "1.0.0-abc", ""],
    ["todo-backend", "todo-backend", "", ""],
    ["localhost:5000/todo", "localhost:5000/todo", "", ""],
    ["localhost:5000/team/todo:1", "localhost:5000/team/todo", "1", ""],
    [`registry.example/todo@${digest}`, "registry.example/todo", "", digest],
    [`localhost:5000/todo@${digest}`, "localhost:5000/todo", "", digest],
    [`localhost:5000/todo:1@${digest}`, "localhost:5000/todo", "1", digest],
    ["[fd00::1]:5000/todo:1", "[fd00::1]:5000/todo", "1", ""],
  ];
  for (const [reference, repository, tag, found] of cases) {
    it(reference, () => {
      assert.deepEqual(splitReference(reference), { repository, tag, digest: found });
    });
  }
});
