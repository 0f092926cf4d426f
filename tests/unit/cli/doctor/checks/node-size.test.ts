import assert from "node:assert/strict";
import { nodeSizeFinding, requestsOf } from "../../../../../cli/doctor/checks/node-size";
import { parseSettings } from "../../../../../settings";
import { pod, ready } from "../../../../support/pods";
import { target } from "../../../../support/target";

const settings = parseSettings({});

describe("doctor: the node's size", () => {
  const node = (cpu: string, memory: string) => ({
    metadata: { name: "minikube" },
    status: { allocatable: { cpu, memory } },
  });

  it("counts every replica, a surge pod of each service, and the database", () => {
    assert.deepEqual(requestsOf(settings), {
      cpu: 3 * 250 + 3 * 100 + 100,
      memory: 3 * 512 + 3 * 256 + 128,
    });
  });
  it("counts the autoscaler's minimum, and no external database", () => {
    const prod = parseSettings({
      databaseUrl: "postgresql://u:p@h/d",
      backend: '{"autoscaling":{"enabled":true,"minReplicas":3}}',
      rollout: '{"maxSurge":0,"maxUnavailable":1}',
    });
    assert.equal(requestsOf(prod).cpu, 3 * 250 + 2 * 100);
  });
  it("is enough next to other namespaces; the stack's own pods don't count twice", () => {
    const finding = nodeSizeFinding(settings, [node("4", "8Gi")], [pod(ready)], target);
    assert.equal(finding.state, "ok");
    assert.match(finding.found, /asks for 1150m CPU and 2432 MiB .* have 0m CPU/);
  });
  it("is too little, and says of what and how much", () => {
    const other = { ...pod(ready), metadata: { name: "x", namespace: "kube-system" } };
    const finding = nodeSizeFinding(settings, [node("1300m", "8Gi")], [other], target);
    assert.equal(finding.state, "fix");
    assert.match(finding.found, /Too little cpu: .*1150m.*250m.*1300m/);
  });
});
