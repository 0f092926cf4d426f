import assert from "node:assert/strict";
import { planVariable } from "../../../components/cluster";
import { type DeployOptions, FailedProgram } from "../../support/deploy";
import { fakeSecrets } from "../../support/fixtures";
import { Machine } from "../../support/machine";
import { deployProgram, stackConfig } from "../../support/stacks";

describe("program: errors come before anything is made", () => {
  let machine: Machine;
  beforeEach(() => (machine = new Machine()));
  afterEach(() => {
    machine.remove();
  });

  async function refused(options: DeployOptions, message: RegExp): Promise<void> {
    await assert.rejects(deployProgram(options), (error: unknown) => {
      assert.ok(error instanceof FailedProgram, String(error));
      assert.match(error.message, message);
      assert.deepEqual(error.resources.list, []);
      return true;
    });
  }

  for (const preview of [false, true]) {
    it(`wrong settings, all of them (preview: ${preview})`, () =>
      refused(
        {
          config: stackConfig("dev", { namespace: "A", replicas: 3, rollout: { maxSurge: 0 } }),
          preview,
        },
        // Message and hint: Pulumi prints both.
        /^3 settings are wrong:\n {2}namespace: .*\n {2}replicas: .*\n {2}rollout\.maxSurge: .*\nChange them by /,
      ));
  }

  it("production's missing secrets", () =>
    refused(
      { stack: "prod", config: stackConfig("prod") },
      /^3 settings are wrong:\n {2}databaseUrl: found nothing/,
    ));

  it("secrets in plain text", () =>
    refused(
      { stack: "prod", config: stackConfig("prod", fakeSecrets) },
      /^5 settings are wrong:\n {2}databaseUrl: found a secret in plain text/,
    ));

  it("a cluster that isn't on this machine", () => {
    machine.setContexts({ name: "minikube", server: "https://203.0.113.7:6443" });
    return refused(
      { config: stackConfig("dev") },
      /^Context "minikube" is the cluster at https:\/\/203/,
    );
  });

  it("a plan that would be deployed, on whatever cluster the context means", async () => {
    process.env[planVariable] = "1";
    try {
      await refused(
        { config: stackConfig("dev") },
        /^TODO_CHATBOT_PLAN is set[^]*\(unset TODO_CHATBOT_PLAN\)/,
      );
    } finally {
      Reflect.deleteProperty(process.env, planVariable);
    }
  });

  it("a context that isn't there", () =>
    refused(
      { config: stackConfig("dev", { context: "none" }) },
      /^No context "none" in .*minikube/,
    ));

  it("a cluster into which no way for images is known", () => {
    machine.setContexts({ name: "kind-x" });
    const config = stackConfig("dev", { context: "kind-x" });
    return refused({ config }, /^How do images get to context "kind-x"\?/);
  });

  it("a Minikube that has no such profile", () => {
    machine.setProfile("other");
    return refused({ config: stackConfig("dev") }, /there is no such profile \(found: other\)/);
  });
});
