import assert from "node:assert/strict";
import { objectsInState } from "../../../../cli/drift/program-drift";

describe("drift: the objects of a state", () => {
  it("are those of the API: neither releases nor providers nor components", () => {
    const inputs = { apiVersion: "v1", kind: "Service", metadata: { name: "s" } };
    const urn = "urn";
    const resources = [
      { urn, type: "kubernetes:core/v1:Service", inputs },
      { urn, type: "kubernetes:helm.sh/v3:Release", inputs: { chart: "./helm/todo-app" } },
      { urn, type: "pulumi:providers:kubernetes", inputs: { kind: "x", apiVersion: "y" } },
      { urn, type: "todo-chatbot:app:Namespace" },
    ];
    assert.deepEqual(objectsInState({ resources }), [inputs]);
  });
});
