import assert from "node:assert/strict";
import type { MinikubeProfile } from "../../../../lib/minikube/profile";
import { differences, stateOf } from "../../../../offline/minikube/cluster-state";
import { KUBERNETES_VERSION } from "../../../../offline/pins";
import { clusterOptions } from "../../../support/offline/cluster-options";

describe("a cluster of Minikube", () => {
  const status = (Host: string, APIServer: string, Kubeconfig = "Configured") =>
    stateOf(JSON.stringify({ Name: "minikube", Host, Kubelet: APIServer, APIServer, Kubeconfig }));

  it("runs only when its API server answers and kubectl is set up for it", () => {
    assert.equal(status("Running", "Running"), "running");
    assert.equal(status("Running", "Stopped"), "stopped");
    assert.equal(status("Running", "Running", "Misconfigured"), "stopped");
    assert.equal(status("Stopped", "Stopped"), "stopped");
    assert.equal(status("Nonexistent", "Nonexistent"), "missing");
    assert.equal(stateOf("not JSON"), "stopped");
  });

  it("is used as it is, with a note on each difference from the options", () => {
    const profile: MinikubeProfile = {
      name: "other",
      driver: "docker",
      containerRuntime: "docker",
      kubernetesVersion: KUBERNETES_VERSION,
      cni: "bridge",
      cpus: 3,
      memoryMiB: 5000,
      nodes: 1,
      nodeAddress: "192.168.49.2",
      apiServerHosts: ["192.168.49.2"],
      exposedPorts: ["127.0.0.1:30080:30080"],
      addons: [],
      baseImage: "",
    };
    const notes = differences(profile, clusterOptions);
    assert.equal(notes.length, 2);
    assert.match(notes[0] ?? "", /runtime docker, not containerd/);
    assert.match(notes[1] ?? "", /not publish 30081 on/);
    const same = { ...clusterOptions, containerRuntime: "docker" as const, nodePorts: [30080] };
    assert.deepEqual(differences(profile, same), []);
  });
});
