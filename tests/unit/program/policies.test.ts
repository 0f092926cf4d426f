import assert from "node:assert/strict";
import * as kubernetes from "@pulumi/kubernetes";
import { DESTROY_VARIABLE } from "../../../lib/pulumi/destroying";
import { FailedProgram } from "../../support/deploy";
import { Machine } from "../../support/machine";
import { run } from "../../support/scenarios";

describe("program: policies of what the chart makes", () => {
  let machine: Machine;
  before(() => (machine = new Machine()));
  afterEach(() => {
    machine.setCluster();
  });
  after(() => {
    machine.remove();
  });

  for (const workloads of ["pulumi", "chart"] as const) {
    for (const preview of [true, false]) {
      it(`are enforced on a resource without the program's options (workloads: ${workloads}, preview: ${preview})`, async () => {
        const more = () =>
          new kubernetes.core.v1.ConfigMap("stray", {
            metadata: { name: "stray", labels: { app: "todo-app" } },
            data: { SMTP_PASS: "x" },
          });
        const failed = await run({ stack: "dev", workloads, preview, more }).then(
          () => undefined,
          (error: unknown) => error,
        );
        assert.ok(failed instanceof FailedProgram, "the program went through");
        assert.match(
          failed.message,
          /no-literal-secret: .* stray: found data\.SMTP_PASS has a value/,
        );
        const made = failed.resources.ofType("kubernetes:core/v1:ConfigMap");
        assert.ok(!made.some(({ name }) => name === "stray"));
      });

      it(`are enforced: no release is made that breaks one (workloads: ${workloads}, preview: ${preview})`, async () => {
        const resources = { requests: { memory: "64Gi" }, limits: { memory: "64Gi" } };
        const over = { chart: { values: { migration: { resources } } } };
        const failed = await run({ stack: "dev", workloads, preview, over }).then(
          () => undefined,
          (error: unknown) => error,
        );
        assert.ok(failed instanceof FailedProgram, "the program went through");
        assert.match(
          failed.message,
          /In the Helm release: .*\n(.*\n)* {2}fits-node: kubernetes:batch\/v1:Job todo-app-migration: /,
        );
        assert.deepEqual(failed.resources.ofType("kubernetes:helm.sh/v3:Release"), []);
      });
    }
  }

  const node = { allocatable: { cpu: "4", memory: "2Gi" } };

  it("judge by the cluster that is there, not by the settings of one that isn't", async () => {
    machine.setCluster([node]);
    const minikube = { cpus: 64, memory: 65536 };
    const resources = { requests: { memory: "1Gi" }, limits: { memory: "1Gi" } };
    const failed = await run({ stack: "dev", over: { minikube, backend: { resources } } }).then(
      () => undefined,
      (error: unknown) => error,
    );
    assert.ok(failed instanceof FailedProgram, "the program went through");
    assert.match(failed.message, /fits-node: .* cluster minikube leaves 2048 MiB/);
  });

  it("allow what fits into a cluster that is larger than the settings' own", async () => {
    machine.setCluster([{ allocatable: { cpu: "64", memory: "64Gi" } }]);
    const resources = { requests: { memory: "8Gi" }, limits: { memory: "8Gi" } };
    await run({ stack: "dev", over: { backend: { resources } } });
  });

  it("never refuse a stack for what its neighbours request", async () => {
    machine.setCluster([node], [{ containers: [{ cpu: "100", memory: "100Gi" }] }]);
    await run({ stack: "dev" });
  });

  it("ask for no room while the stack is destroyed", async () => {
    machine.setCluster([{ allocatable: { cpu: "10m", memory: "1Mi" } }]);
    await assert.rejects(run({ stack: "dev" }), /fits-node/);
    assert.notDeepEqual(machine.roomCalls, []);
    machine.setCluster([{ allocatable: { cpu: "10m", memory: "1Mi" } }]);
    process.env[DESTROY_VARIABLE] = "1";
    try {
      await run({ stack: "dev" });
      assert.deepEqual(machine.roomCalls, []);
    } finally {
      Reflect.deleteProperty(process.env, DESTROY_VARIABLE);
    }
  });

  it("refuse a token among an image's build arguments, which stay in the image", async () => {
    const over = { backend: { image: { args: { NPM_TOKEN: "x" } } } };
    await assert.rejects(
      run({ stack: "dev", over }),
      /no-literal-secret: docker:index\/image:Image backend-image: found build\.args\.NPM_TOKEN has a value/,
    );
  });

  it("refuse an autoscaler of the release with one pod in production", async () => {
    const values = { backend: { autoscaling: { minReplicas: 1 } } };
    await assert.rejects(
      run({ stack: "prod", over: { chart: { values } } }),
      /two-replicas: kubernetes:autoscaling\/v2:HorizontalPodAutoscaler todo-backend: found minReplicas 1/,
    );
  });
});
