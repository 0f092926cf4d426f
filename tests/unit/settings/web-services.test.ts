import assert from "node:assert/strict";
import {
  hasNodePort,
  internalUrl,
  minimumReplicas,
  pinnedNodePort,
  pinnedNodePorts,
  serviceName,
  surgePods,
} from "../../../settings";
import { settingsWith } from "../../support/fixtures";

describe("settings: web services", () => {
  it("knows a Service by its own name, else by the Deployment's", () => {
    const { backend } = settingsWith({ backend: { name: "a", service: { name: "b" } } });
    assert.equal(serviceName(backend), "b");
    assert.equal(internalUrl(backend), "http://b:7860");
    assert.equal(serviceName(settingsWith({ backend: { name: "a" } }).backend), "a");
  });

  it("knows which types of Service have a NodePort", () => {
    const has = (type: string) =>
      hasNodePort(settingsWith({ backend: { service: { type } } }).backend);
    assert.deepEqual([has("ClusterIP"), has("NodePort"), has("LoadBalancer")], [false, true, true]);
  });

  it("pin a NodePort unless the cluster chooses it, or the Service can't have one", () => {
    const port = (service: object) =>
      pinnedNodePort(settingsWith({ frontend: { service } }).frontend);
    assert.equal(port({}), 30080);
    assert.equal(port({ nodePort: null }), undefined);
    assert.equal(port({ type: "ClusterIP" }), undefined);
    const backend = { service: { type: "LoadBalancer", nodePort: 30081 } };
    assert.deepEqual(pinnedNodePorts(settingsWith({ backend })), [30080, 30081]);
  });

  it("have their replicas at minimum, or those of their autoscaler, and one surge pod at most", () => {
    const minimum = (backend: object) => minimumReplicas(settingsWith({ backend }).backend);
    assert.equal(minimum({ replicas: 4 }), 4);
    assert.equal(minimum({ replicas: 4, autoscaling: { enabled: true, minReplicas: 3 } }), 3);
    assert.deepEqual(
      [0, 1, 2].map((maxSurge) => surgePods({ maxSurge })),
      [0, 1, 1],
    );
  });
});
