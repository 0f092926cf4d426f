import assert from "node:assert/strict";
import { podRequests } from "../../../../lib/kubernetes/pod-requests";

describe("the requests of a pod", () => {
  it("are those of its containers together, or of its largest init container", () => {
    const spec = {
      containers: [
        { name: "a", resources: { requests: { cpu: "100m", memory: "64Mi" } } },
        { name: "b", resources: { requests: { cpu: "50m" } } },
      ],
      initContainers: [{ name: "i", resources: { requests: { cpu: "10m", memory: "256Mi" } } }],
    };
    assert.deepEqual(podRequests(spec), { cpu: 150, memory: 256 });
  });
});
