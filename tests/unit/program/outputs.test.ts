import assert from "node:assert/strict";
import { CHOSEN_NODE_PORT } from "../../support/cloud";
import { Machine } from "../../support/machine";
import { outputsOf, run, type Scenario } from "../../support/scenarios";

describe("program: outputs", () => {
  let machine: Machine;
  beforeEach(() => (machine = new Machine()));
  afterEach(() => {
    machine.remove();
  });

  /** All outputs, in plain. */
  const outputs = async (scenario: Scenario) => outputsOf((await run(scenario)).value);

  it("have the node's address where it publishes no ports", async () => {
    const { frontendUrl } = await outputs({ stack: "dev" });
    assert.equal(frontendUrl, "http://192.168.49.2:30080");
  });

  for (const workloads of ["pulumi", "chart"] as const) {
    it(`have the backend's URL where it has a NodePort (workloads: ${workloads})`, async () => {
      const over = { backend: { service: { type: "NodePort", nodePort: 30081 } } };
      const { backendUrl } = await outputs({ stack: "dev", workloads, over });
      assert.equal(backendUrl, "http://192.168.49.2:30081");
    });

    it(`have the port that the cluster chose (workloads: ${workloads})`, async () => {
      const over = { frontend: { service: { nodePort: null } } };
      const { frontendUrl } = await outputs({ stack: "dev", workloads, over });
      assert.equal(frontendUrl, `http://192.168.49.2:${CHOSEN_NODE_PORT}`);
      const preview = await outputs({ stack: "dev", workloads, over, preview: true });
      assert.ok("frontendUrl" in preview);
      assert.equal(preview.frontendUrl, undefined);
    });

    it(`have no URL where there is no way in (workloads: ${workloads})`, async () => {
      const over = { frontend: { service: { type: "ClusterIP" } } };
      const found = await outputs({ stack: "dev", workloads, over });
      assert.ok(!("frontendUrl" in found));
      assert.ok(!("backendUrl" in found));
    });
  }

  it("name images by digest where a registry has them, unknown at a preview", async () => {
    const over = { images: { registry: { server: "localhost:5000" } } };
    const { imageNames } = await outputs({ stack: "dev", over });
    assert.match(
      (imageNames as { backend: string }).backend,
      /^localhost:5000\/todo-backend@sha256:/,
    );
  });

  it("load the images into a node with containerd", async () => {
    machine.setProfile("minikube", { runtime: "containerd" });
    const { resources } = await run({ stack: "dev" });
    const names = resources.ofType("pulumi-nodejs:dynamic:Resource").map(({ name }) => name);
    assert.deepEqual(names.sort(), [
      "backend-loaded",
      "backend-presence",
      "frontend-loaded",
      "frontend-presence",
      "postgres-data",
    ]);
    const release = resources.one("kubernetes:helm.sh/v3:Release");
    const loaded = resources.one("pulumi-nodejs:dynamic:Resource", "backend-loaded");
    assert.ok(release.dependencies.includes(loaded.urn));
  });
});
