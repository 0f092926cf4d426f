import assert from "node:assert/strict";
import { stillDeployed } from "../../../../cli/destroy/still-deployed";

describe("what a destroy has left in the state", () => {
  const stack = { urn: "1", type: "pulumi:pulumi:Stack" };
  const provider = { urn: "2", type: "pulumi:providers:kubernetes" };

  it("is nothing after a whole one, whatever stands for the stack itself", () => {
    assert.deepEqual(stillDeployed({ resources: [] }), []);
    assert.deepEqual(stillDeployed({ resources: [stack, provider] }), []);
  });

  it("is every resource that a partial one didn't select", () => {
    const password = { urn: "3", type: "random:index/randomPassword:RandomPassword" };
    assert.deepEqual(stillDeployed({ resources: [stack, provider, password] }), [password]);
  });
});
