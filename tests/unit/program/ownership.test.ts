import assert from "node:assert/strict";
import { FailedProgram } from "../../support/deploy";
import { Machine } from "../../support/machine";
import { run, type Scenario } from "../../support/scenarios";

describe("program: one owner for each object", () => {
  let machine: Machine;
  before(() => (machine = new Machine()));
  after(() => {
    machine.remove();
  });

  /** What the program ends with: it registers no release, nor what waits for it. */
  async function refused(scenario: Scenario): Promise<string> {
    const failed = await run(scenario).then(
      () => undefined,
      (error: unknown) => error,
    );
    assert.ok(failed instanceof FailedProgram, "the program went through");
    for (const type of ["helm.sh/v3:Release", "apps/v1:Deployment"]) {
      assert.deepEqual(failed.resources.ofType(`kubernetes:${type}`), []);
    }
    return failed.message;
  }

  for (const preview of [true, false]) {
    it(`is asked for by name where both would own them (preview: ${preview})`, async () => {
      const message = await refused({
        stack: "dev",
        preview,
        over: { chart: { values: { workloads: { create: true } } } },
      });
      assert.match(message, /Pulumi and the Helm release would both own 4 objects:/);
      for (const [kind, name] of [
        ["Service", "backend"],
        ["Service", "frontend"],
        ["Deployment", "backend"],
        ["Deployment", "frontend"],
      ] as const) {
        const resource = `${name}-${kind.toLowerCase()}`;
        assert.ok(message.includes(`  ${kind} todo-${name} (in Pulumi: ${resource})\n`), message);
      }
      assert.match(message, /Each needs one owner/);
    });
  }

  it("holds for database, ConfigMap and Secret of fixed names too", async () => {
    const message = await refused({
      stack: "dev",
      preview: true,
      over: {
        configMap: { immutable: false },
        secrets: { immutable: false },
        chart: {
          values: {
            configMap: { existingConfigMap: "" },
            secret: { existingSecret: "", generate: ["BETTER_AUTH_SECRET", "JWT_SECRET"] },
            postgres: { enabled: true },
          },
        },
      },
    });
    // The settings know it before anything is rendered.
    for (const key of ["configMap", "secret.existingSecret", "secret.generate", "postgres"]) {
      assert.ok(message.includes(`  chart.values.${key}: found `), message);
    }
  });

  it("names what helm says where the chart can't be rendered", async () => {
    const message = await refused({
      stack: "dev",
      preview: true,
      over: { chart: { values: { backend: { prot: 1 } } } },
    });
    assert.match(message, /additional properties 'prot' not allowed/);
  });

  it("leaves alone what has one", async () => {
    for (const workloads of ["pulumi", "chart"] as const) {
      const { resources } = await run({ stack: "dev", workloads, preview: true });
      assert.equal(resources.one("kubernetes:helm.sh/v3:Release").input("name"), "todo-app");
    }
  });
});
