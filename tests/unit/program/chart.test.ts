import assert from "node:assert/strict";
import { find, type Manifest, names, render, type Values } from "../../support/chart/helm";
import type { Resources } from "../../support/deploy";
import { Machine } from "../../support/machine";
import { run, scenarios, title } from "../../support/scenarios";
import { at } from "../../support/values";

/** What the real helm makes of the values that the program gives the release. */
function rendered(resources: Resources): Promise<Manifest[]> {
  const { inputs } = resources.one("kubernetes:helm.sh/v3:Release");
  const { values, namespace } = inputs as { values: Values; namespace: string };
  return render(values, ["--namespace", namespace]);
}

describe("program: its values in the real chart", () => {
  let machine: Machine;
  before(() => (machine = new Machine()));
  after(() => {
    machine.remove();
  });

  // Helm checks the values against values.schema.json, which knows every key and no other.
  for (const scenario of scenarios.filter(({ preview }) => !preview)) {
    it(`are taken, and no object has two owners: ${title(scenario)}`, async () => {
      const { resources } = await run(scenario);
      const objects = await rendered(resources);
      const chartOwns = scenario.workloads === "chart";
      const webServices = chartOwns ? ["todo-backend", "todo-frontend"] : [];
      assert.deepEqual(names(objects, "Deployment"), webServices);
      assert.deepEqual(names(objects, "Service"), webServices);
      const ours = resources.all
        .filter(({ type }) => type.startsWith("kubernetes:"))
        .map(
          ({ type, inputs }) =>
            `${type.split(":")[2] ?? ""} ${String(at(inputs, "metadata.name"))}`,
        );
      for (const { kind, metadata } of objects) {
        assert.ok(!ours.includes(`${kind} ${metadata.name}`), `${kind} ${metadata.name}`);
      }
    });
  }

  it("run the migration with the backend's image, and the Secret by name alone", async () => {
    const { resources, value } = await run({ stack: "prod" });
    const [job, ...more] = (await rendered(resources)).filter(({ kind }) => kind === "Job");
    assert.ok(job !== undefined && more.length === 0);
    const container = "spec.template.spec.containers.0";
    const { imageName } = resources.one("docker:index/image:Image", "backend-image").inputs as {
      imageName: string;
    };
    assert.ok(value.imageNames);
    assert.equal(at(job, `${container}.image`), imageName);
    const env = at(job, `${container}.env`) as { name: string; valueFrom?: unknown }[];
    assert.deepEqual(env.find(({ name }) => name === "DATABASE_URL")?.valueFrom, {
      secretKeyRef: { name: "todo-secrets-1a2b3c4d", key: "DATABASE_URL" },
    });
  });

  it("open the network to the database where it is", async () => {
    const database = async (stack: "dev" | "prod") =>
      (await run({ stack })).resources
        .one("kubernetes:helm.sh/v3:Release")
        .input("values.networkPolicy.database");
    assert.deepEqual(await database("dev"), { inCluster: true });
    const cidrs = ["0.0.0.0/0"];
    assert.deepEqual(await database("prod"), { inCluster: false, port: 6543, cidrs });
  });

  it("put the chart's hash onto what it renders", async () => {
    const { resources } = await run({ stack: "dev" });
    const hash = resources
      .one("kubernetes:helm.sh/v3:Release")
      .input("values.annotations.todo-app/chart-hash");
    for (const { kind, metadata } of await rendered(resources)) {
      assert.equal(metadata.annotations?.["todo-app/chart-hash"], hash, `${kind} ${metadata.name}`);
    }
  });

  for (const [what, serviceAccount, name] of [
    ["another", { name: "api" }, "api"],
    ["none", { create: false }, "default"],
    ["an existing one", { create: false, name: "theirs" }, "theirs"],
  ] as const) {
    it(`may give the pods ${what} as ServiceAccount, with either owner`, async () => {
      const over = { chart: { values: { backend: { serviceAccount } } } };
      const byPulumi = (await run({ stack: "dev", over })).resources;
      const byChart = (await run({ stack: "dev", over, workloads: "chart" })).resources;
      const account = "spec.template.spec.serviceAccountName";
      const deployment = byPulumi.one("kubernetes:apps/v1:Deployment", "backend-deployment");
      assert.equal(deployment.input(account), name);
      assert.equal(at(find(await rendered(byChart), "Deployment", "todo-backend"), account), name);
      const made = names(await rendered(byPulumi), "ServiceAccount");
      assert.equal(made.includes(name), !("create" in serviceAccount));
    });
  }

  it("make the same Deployments and Services as Pulumi", async () => {
    const over = {
      secrets: { keys: { JWT_SECRET: "jwt" } },
      images: { pullSecrets: ["pull"] },
      backend: { env: { B: "2", A: "1" }, service: { name: "api" } },
    };
    const byPulumi = (await run({ stack: "dev", over })).resources;
    const byChart = await rendered(
      (await run({ stack: "dev", over, workloads: "chart" })).resources,
    );
    for (const name of ["backend", "frontend"]) {
      const deployment = byPulumi.one("kubernetes:apps/v1:Deployment", `${name}-deployment`);
      const service = byPulumi.one("kubernetes:core/v1:Service", `${name}-service`);
      const of = (kind: string, found: { input(path: string): unknown }) =>
        find(byChart, kind, String(found.input("metadata.name"))).spec;
      assert.deepEqual(
        deployment.input("spec"),
        of("Deployment", deployment),
        `Deployment ${name}`,
      );
      assert.deepEqual(service.input("spec"), of("Service", service), `Service ${name}`);
    }
  });
});
