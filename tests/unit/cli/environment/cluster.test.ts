import assert from "node:assert/strict";
import { names } from "../../../../cli/destroy/leftovers";
import { imagesLeft } from "../../../../cli/destroy/node-images";
import { namespacesOf, nodeImagesOf } from "../../../../cli/stack/deployment";
import { whyRefresh } from "../../../../cli/stack/refresh-reason";

describe("a state that doesn't fit its cluster", () => {
  const deployment = {
    resources: [
      { urn: "urn:1", type: "pulumi:pulumi:Stack" },
      {
        urn: "urn:2",
        type: "kubernetes:core/v1:Namespace",
        id: "todo-app",
        outputs: { metadata: { name: "todo-app", uid: "uid-1" } },
      },
    ],
  };
  const cluster = (stdout: string, code = 0) => ({
    run: () => Promise.resolve({ code, stdout, stderr: "" }),
  });
  it("has its namespaces with their identity", () => {
    assert.deepEqual(namespacesOf(deployment), [{ name: "todo-app", uid: "uid-1" }]);
  });
  it("is refreshed where the namespace is gone or another", async () => {
    assert.match((await whyRefresh(deployment, cluster(""))) ?? "", /isn't in this cluster/);
    assert.match((await whyRefresh(deployment, cluster("uid-2"))) ?? "", /isn't the one/);
  });
  it("isn't where it fits, nothing is deployed, or nothing can be told", async () => {
    assert.equal(await whyRefresh(deployment, cluster("uid-1")), undefined);
    assert.equal(await whyRefresh({ resources: [] }, cluster("")), undefined);
    assert.equal(await whyRefresh(deployment, cluster("", 1)), undefined);
  });
});

describe("what is left after a destroy", () => {
  it("leaves out what a namespace holds by itself", () => {
    const output =
      "configmap/kube-root-ca.crt\nserviceaccount/default\nevent/x\nsecret/sh.helm.release.v1.todo-app.v1\n\n";
    assert.deepEqual(names(output), [{ kind: "secret", name: "sh.helm.release.v1.todo-app.v1" }]);
  });
  it("finds the stack's images under every way to write them, and leaves those in use", () => {
    const ours = ["todo-backend:1.0.0-abc", "todo-backend:1.0.0-def", "todo-frontend:1.0.0-ghi"];
    const present = [
      "docker.io/library/todo-backend:1.0.0-abc",
      "todo-frontend:1.0.0-ghi",
      "docker.io/library/todo-backend:of-another-stack",
    ];
    assert.deepEqual(imagesLeft(ours, present, []), [ours[0], ours[2]]);
    assert.deepEqual(imagesLeft(ours, present, ["docker.io/library/todo-frontend:1.0.0-ghi"]), [
      ours[0],
    ]);
  });
  it("takes the images' names from the state", () => {
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
    assert.deepEqual(nodeImagesOf({ resources }), ["a:1", "a:2"]);
  });
});
