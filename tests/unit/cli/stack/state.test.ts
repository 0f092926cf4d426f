import assert from "node:assert/strict";
import {
  nodeImageNames,
  recordedIdentity,
  refreshReason,
  type StackState,
} from "../../../../cli/stack/state";
import { target } from "../../../support/target";

describe("a state that doesn't fit its cluster", () => {
  const state = {
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
  const reason = (state: StackState, kubectl: ReturnType<typeof cluster>) =>
    refreshReason(target.withRecorded(recordedIdentity(state)), kubectl);
  it("records its namespaces with their UIDs", () => {
    assert.deepEqual(recordedIdentity(state), {
      namespaces: [{ name: "todo-app", uid: "uid-1" }],
    });
  });
  it("is refreshed where the namespace is gone or another", async () => {
    assert.match((await reason(state, cluster(""))) ?? "", /isn't in this cluster/);
    assert.match((await reason(state, cluster("uid-2"))) ?? "", /isn't the one/);
  });
  it("isn't where it fits, nothing is deployed, or nothing can be told", async () => {
    assert.equal(await reason(state, cluster("uid-1")), undefined);
    assert.equal(await reason({ resources: [] }, cluster("")), undefined);
    assert.equal(await reason(state, cluster("", 1)), undefined);
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
