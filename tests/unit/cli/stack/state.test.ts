import assert from "node:assert/strict";
import { createdNamespaces, nodeImageNames, recordedCluster } from "../../../../cli/stack/state";
import { IDENTITY_TYPE } from "../../../../lib/kubernetes/cluster-identity";

const stack = { urn: "urn:1", type: "pulumi:pulumi:Stack" };
const provider = {
  urn: "urn:2",
  type: "pulumi:providers:kubernetes",
  inputs: { context: "minikube", kubeconfig: "/k" },
};
const namespace = {
  urn: "urn:3",
  type: "kubernetes:core/v1:Namespace",
  id: "todo-app",
  outputs: { metadata: { name: "todo-app", uid: "uid-1" } },
};
const identity = {
  context: "minikube",
  server: "https://192.168.49.2:8443",
  uid: "system-1",
  authority: "this-machine",
  minikube: true,
};

describe("the cluster that a state has recorded", () => {
  it("is the identity that the program stored, with the stack's namespaces", () => {
    const read = { ...namespace, id: "kube-system", external: true };
    const recorded = {
      urn: "urn:4",
      type: IDENTITY_TYPE,
      outputs: { ...identity, __provider: "" },
    };
    assert.deepEqual(recordedCluster({ resources: [stack, provider, recorded, namespace, read] }), {
      ...identity,
      kubeconfig: "/k",
      deployed: true,
      namespaces: [{ name: "todo-app", uid: "uid-1" }],
    });
  });
  it("is the provider's context in the state of a former version", () => {
    const recorded = recordedCluster({ resources: [stack, provider, namespace] });
    assert.equal(recorded?.context, "minikube");
    assert.equal(recorded.uid, undefined);
    assert.deepEqual(recorded.namespaces, [{ name: "todo-app", uid: "uid-1" }]);
  });
  it("has nothing deployed where an update failed before it created an object", () => {
    const recorded = { urn: "urn:4", type: IDENTITY_TYPE, outputs: identity };
    const image = { urn: "urn:5", type: "docker:index/image:Image", id: "sha256:1" };
    const failed = [stack, provider, recorded, image, { ...namespace, external: true }];
    const deployed = (...more: (typeof namespace)[]) =>
      recordedCluster({ resources: [...failed, ...more] })?.deployed;
    assert.equal(deployed(), false);
    assert.equal(deployed({ ...namespace, type: "kubernetes:helm.sh/v3:Release" }), true);
    // What an interrupted update was creating may be there.
    const pending = [namespace];
    assert.equal(recordedCluster({ resources: failed, pending })?.deployed, true);
  });
  it("has the namespaces that the stack created, not those of others", () => {
    const others = { ...namespace, id: "kube-system", external: true };
    const created = createdNamespaces({ resources: [stack, namespace, others] });
    assert.deepEqual(created, [{ name: "todo-app", uid: "uid-1" }]);
  });
  it("is none where nothing is deployed", () => {
    assert.equal(recordedCluster({ resources: [stack] }), undefined);
    assert.equal(recordedCluster({ resources: [] }), undefined);
  });
});

describe("the images of a state", () => {
  it("are every name that its images in the node have had", () => {
    const resource = (type: string, outputs: Record<string, unknown>) => ({
      urn: "",
      type,
      outputs,
    });
    const dynamic = "pulumi-nodejs:dynamic:Resource";
    const resources = [
      resource(dynamic, { names: ["a:1", "a:2"] }),
      resource(dynamic, { names: ["a:2"] }),
      resource(dynamic, {}),
      resource("other", { names: ["b:1"] }),
    ];
    assert.deepEqual(nodeImageNames({ resources }), ["a:1", "a:2"]);
  });
});
