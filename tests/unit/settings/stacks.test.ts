import assert from "node:assert/strict";
import { z } from "zod";
import { databaseInCluster, parseSettings, schema, secretKeys } from "../../../settings";
import { fakeSecrets } from "../../support/fixtures";
import { declaredConfig, stackConfig } from "../../support/stacks";
import { asConfig } from "../../support/values";

describe("settings: Pulumi.yaml", () => {
  const declared = declaredConfig();
  const defaults = schema.parse({}) as Record<string, unknown>;
  const { properties = {} } = z.toJSONSchema(schema, { io: "input" });

  it("declares the schema's keys, in its order, and no others", () => {
    assert.deepEqual(Object.keys(declared), Object.keys(schema.shape));
  });

  for (const [key, { type, description, default: value, secret }] of Object.entries(declared)) {
    const isSecret = (secretKeys as readonly string[]).includes(key);

    it(`declares ${key} with ${isSecret ? "secret: true" : "its type"}, description and default`, () => {
      assert.ok(description, "no description");
      assert.equal(secret ?? false, isSecret);
      // Pulumi refuses a typed secret whose default is in plain text.
      assert.equal(type, isSecret ? undefined : (properties[key] as { type: string }).type);
      // What is inside an object has its defaults in the schema; nothing may be merged into them twice.
      const inSchema = type === "object" && key !== "labels" ? {} : defaults[key];
      assert.deepEqual(value, inSchema);
    });
  }

  it("says nothing but what the schema says anyway", () => {
    const values = Object.entries(declared).map(
      ([key, { default: value }]) => [key, value] as const,
    );
    const config = Object.fromEntries(values) as Record<string, unknown>;
    assert.deepEqual(parseSettings(asConfig(config)), defaults);
  });
});

describe("settings: the stacks' files", () => {
  it("dev: development, PostgreSQL in the cluster, quick probes", () => {
    const settings = parseSettings(stackConfig("dev"));
    assert.equal(settings.environment, "development");
    assert.ok(databaseInCluster(settings));
    assert.equal(settings.backend.replicas, 2);
    assert.equal(settings.backend.probes.readiness.initialDelaySeconds, 1);
    assert.equal(settings.frontend.service.nodePort, 30080);
  });

  it("prod: names each missing secret, and takes them when they are there", () => {
    assert.throws(
      () => parseSettings(stackConfig("prod")),
      /3 settings are wrong:\n {2}databaseUrl: .*\n {2}betterAuthSecret: .*\n {2}jwtSecret: /,
    );
    const settings = parseSettings(stackConfig("prod", fakeSecrets));
    assert.equal(settings.environment, "production");
    assert.ok(!databaseInCluster(settings));
    assert.deepEqual(
      [
        settings.namespace,
        settings.frontend.service.nodePort,
        settings.backend.autoscaling.enabled,
      ],
      ["todo-app-prod", 30090, true],
    );
  });

  it("ci: development, one pod of each, in a runner's two cores", () => {
    const settings = parseSettings(stackConfig("ci"));
    assert.equal(settings.environment, "development");
    assert.deepEqual([settings.backend.replicas, settings.frontend.replicas], [1, 1]);
    assert.deepEqual([settings.minikube.cpus, settings.minikube.memory], [2, 4096]);
    assert.deepEqual(settings.minikube.addons, ["metrics-server"]);
    assert.equal(settings.backend.resources.requests.cpu, "100m");
  });

  it("both can be in one Minikube: other namespace, other NodePort", () => {
    const dev = parseSettings(stackConfig("dev"));
    const prod = parseSettings(stackConfig("prod", fakeSecrets));
    assert.notEqual(dev.namespace, prod.namespace);
    assert.notEqual(dev.frontend.service.nodePort, prod.frontend.service.nodePort);
  });

  it("PostgreSQL is in the cluster as set, else in development without a URL", () => {
    const inCluster = (over: Record<string, unknown>) =>
      databaseInCluster(Object.assign(parseSettings({}), over));
    assert.equal(inCluster({}), true);
    assert.equal(inCluster({ databaseUrl: "postgresql://h/d" }), false);
    assert.equal(inCluster({ environment: "production" }), false);
    assert.equal(inCluster({ environment: "production", postgres: { enabled: true } }), true);
  });
});
