import assert from "node:assert/strict";
import { FailedProgram } from "../../support/deploy";
import { Machine } from "../../support/machine";
import { run } from "../../support/scenarios";

describe("program: policies of what the chart makes", () => {
  let machine: Machine;
  before(() => (machine = new Machine()));
  after(() => {
    machine.remove();
  });

  for (const workloads of ["pulumi", "chart"] as const) {
    for (const preview of [true, false]) {
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
});
