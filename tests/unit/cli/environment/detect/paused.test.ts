import assert from "node:assert/strict";
import { contextFinding } from "../../../../../cli/doctor/checks/cluster-context";
import { saysPaused } from "../../../../../cli/environment/detect/paused";
import { target } from "../../../../support/target";

describe("a paused Minikube", () => {
  const status = (APIServer: string) => ({
    ...{ Name: "minikube", Host: "Running", Kubelet: "Stopped", APIServer },
    ...{ Kubeconfig: "Configured", Worker: false },
  });

  it("says so in its status, on one node and on several", () => {
    assert.equal(saysPaused(JSON.stringify(status("Paused"))), true);
    assert.equal(saysPaused(JSON.stringify([status("Paused"), status("Irrelevant")])), true);
    assert.equal(saysPaused(JSON.stringify(status("Running"))), false);
    assert.equal(saysPaused('* Profile "minikube" not found.'), false);
  });

  it("isn't a running one, although its address accepts connections", () => {
    const entry = { name: "minikube", server: "https://127.0.0.1:8443", minikube: true };
    const finding = contextFinding({
      settings: { allowedContexts: [] },
      cluster: { state: "running", entry, profile: undefined },
      target,
      ready: false,
      paused: true,
    });
    assert.equal(finding.state, "fix");
    assert.deepEqual(
      [finding.found, finding.hint],
      ['"minikube" is paused.', "`minikube -p minikube unpause`"],
    );
  });
});
