import assert from "node:assert/strict";
import { nodePortFindings } from "../../../../../cli/doctor/checks/node-ports";
import { parseSettings } from "../../../../../settings";
import { target } from "../../../../support/target";

const settings = parseSettings({});

describe("doctor: NodePorts", () => {
  const service = (namespace: string, name: string, nodePort: number) => ({
    metadata: { namespace, name },
    spec: { ports: [{ nodePort }] },
  });
  it("names the Service that has taken a NodePort", () => {
    const [finding] = nodePortFindings(settings, [service("shop", "web", 30080)], target);
    assert.equal(finding?.state, "fix");
    assert.match(finding.found, /30080, which frontend .* shop\/web/);
    assert.match(finding.hint ?? "", /kubectl --context minikube -n shop delete service web/);
  });
  it("knows the stack's own Service", () => {
    const [finding] = nodePortFindings(
      settings,
      [service("todo-app", "todo-frontend", 30080)],
      target,
    );
    assert.equal(finding?.state, "ok");
  });
  it("looks at a LoadBalancer's too, and at none that the settings don't pin", () => {
    const balancer = parseSettings({ frontend: '{"service":{"type":"LoadBalancer"}}' });
    assert.match(nodePortFindings(balancer, [], target)[0]?.found ?? "", /30080 is free/);
    const free = parseSettings({ frontend: '{"service":{"nodePort":null}}' });
    assert.deepEqual(nodePortFindings(free, [], target), []);
  });
});
