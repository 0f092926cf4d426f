import assert from "node:assert/strict";
import { whatStays } from "../../../../cli/destroy/forget-stack";
import { IDENTITY_TYPE } from "../../../../lib/kubernetes/cluster-identity";
import { target } from "../../../support/target";

describe("a stack that is forgotten", () => {
  it("says what stays in which cluster, and how to delete it there", () => {
    const resources = [
      { urn: "1", type: "pulumi:pulumi:Stack" },
      { urn: "2", type: IDENTITY_TYPE, outputs: { context: "former", uid: "system-1" } },
      {
        urn: "3",
        type: "kubernetes:core/v1:Namespace",
        id: "todo-app",
        outputs: { metadata: { name: "todo-app", uid: "app-1" } },
      },
    ];
    const text = whatStays({ target }, { resources }).join("\n");
    assert.match(text, /Nothing is deleted. In the cluster "former" \(.*system-1\) stay/);
    assert.match(
      text,
      /namespace "todo-app": `kubectl --context former delete namespace todo-app`/,
    );
  });
  it("says what an update that failed early has left: images in a node", () => {
    const resources = [
      { urn: "2", type: IDENTITY_TYPE, outputs: { context: "former", uid: "system-1" } },
      { urn: "3", type: "pulumi-nodejs:dynamic:Resource", outputs: { names: ["a:1"] } },
    ];
    const text = whatStays({ target }, { resources }).join("\n");
    assert.match(text, /Nothing of the stack is deployed. Images stay in .*"former".*: a:1/);
  });
  it("says where nothing is deployed", () => {
    assert.deepEqual(whatStays({ target }, { resources: [] }), [
      "Nothing of the stack is deployed.",
    ]);
  });
});
