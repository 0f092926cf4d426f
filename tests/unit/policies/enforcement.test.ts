import assert from "node:assert/strict";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { valueOf } from "../../../cli/preview/registered-resource";
import { Enforcement } from "../../../policies";
import { deploy } from "../../support/deploy";
import { settingsWith } from "../../support/fixtures";

const metadata = { name: "a", labels: { app: "todo-app" } };

const sizes = { cpu: "1m", memory: "1Mi" };

/** A pod of the release that keeps every policy, unless its image doesn't. */
function policyPod(name: string, image: string) {
  const container = {
    name: "test",
    image,
    resources: { requests: sizes, limits: sizes },
    securityContext: {
      runAsNonRoot: true,
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
    },
  };
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, labels: { app: "todo-app", component: "test", version: "1.0.0" } },
    spec: { restartPolicy: "Never", containers: [container] },
  };
}

/** Makes a ConfigMap and a Secret under the policies, and waits for both. */
function make(data: pulumi.Input<Record<string, pulumi.Input<string>>>, preview = false) {
  return deploy(
    async () => {
      const opts = { transformations: [new Enforcement(settingsWith()).watch] };
      const configMap = new kubernetes.core.v1.ConfigMap("config", { metadata, data }, opts);
      const stringData = pulumi.secret({ A: "b" });
      new kubernetes.core.v1.Secret("secret", { metadata, stringData }, opts);
      await valueOf(configMap.urn);
    },
    { preview },
  );
}

describe("policies: in the program", () => {
  it("leave inputs as they are, secrets and unknown values included", async () => {
    const data = { A: "b", B: pulumi.output("c") };
    const { resources } = await make(data);
    assert.deepEqual(resources.one("kubernetes:core/v1:ConfigMap").input("data"), {
      A: "b",
      B: "c",
    });
    assert.deepEqual(resources.one("kubernetes:core/v1:Secret").input("stringData"), { A: "b" });
    const unknown = await make({ A: pulumi.output(pulumi.unknown as string) }, true);
    const [seen] = unknown.resources.ofType("kubernetes:core/v1:ConfigMap");
    assert.equal(seen?.input("data.A"), pulumi.runtime.unknownValue);
  });

  it("end the run at a resource that breaks one, which is never made", async () => {
    await assert.rejects(make({ JWT_SECRET: "x", A: pulumi.secret("y") }), (error: Error) => {
      assert.match(
        error.message,
        /2 policies are broken:\n {2}no-literal-secret: kubernetes:core\/v1:ConfigMap config: found data\.JWT_SECRET has a value; expected: No password/,
      );
      return true;
    });
  });

  it("refuse a release by its objects, each named", () => {
    const { checkRelease } = new Enforcement(settingsWith());
    const objects = (image: string) => [
      policyPod("test", image),
      { apiVersion: "v1", kind: "ConfigMap", metadata, data: { LOG_LEVEL: "info" } },
      { apiVersion: "v1", kind: "Secret", metadata, stringData: { PASSWORD: "x" } },
    ];
    checkRelease(objects("todo:1"));
    assert.throws(() => {
      checkRelease(objects("todo:latest"));
    }, /In the Helm release: a policy is broken:\n {2}image-pinned: kubernetes:core\/v1:Pod test: found container test: image todo:latest; expected/);
  });

  it("warn once where only pods of other namespaces are in the way", () => {
    const warnings: string[] = [];
    const others = { cpu: 100_000, memory: 0 };
    const room = { cpu: 4000, memory: 4000, of: "cluster minikube", nodes: 1, others };
    const { checkRelease } = new Enforcement(settingsWith(), room, (text) => warnings.push(text));
    const objects = [policyPod("a", "todo:1"), policyPod("b", "todo:1")];
    checkRelease(objects.slice(0, 1));
    checkRelease(objects);
    assert.deepEqual(warnings, [
      "Some pods may stay Pending: the pods so far request 1m CPU, and those of other namespaces leave 0m of 4000m in cluster minikube.",
    ]);
  });
});
