import assert from "node:assert/strict";
import type { DetectedCluster } from "../../../../../cli/environment/detect/cluster";
import { needsOf } from "../../../../../cli/environment/detect/needs";
import type { MinikubeProfile } from "../../../../../lib/minikube/profile";
import { dockerMinikube, settingsWith } from "../../../../support/fixtures";

describe("what a stack needs of the machine", () => {
  const { context } = dockerMinikube;
  const profile: MinikubeProfile = {
    name: "minikube",
    driver: "kvm2",
    containerRuntime: "docker",
    kubernetesVersion: "v1.34.0",
    cni: "",
    cpus: 4,
    memoryMiB: 4096,
    nodes: 1,
    apiServerHosts: [],
    nodeAddress: "192.168.49.2",
    exposedPorts: [],
    addons: [],
    baseImage: "",
  };
  const found: DetectedCluster = { context: "minikube", state: "running", entry: context, profile };
  const engine = (node: Partial<typeof profile>, settings: object = {}) =>
    needsOf(settingsWith({ ...settings }), { ...found, profile: { ...profile, ...node } }).engine;

  it("is no docker engine where Minikube's only node builds the images and is no container", () => {
    assert.equal(engine({}), false);
    assert.equal(engine({}, { images: { delivery: "minikube-daemon" } }), false);
    assert.equal(engine({ driver: "docker" }), true);
    assert.equal(engine({ containerRuntime: "containerd" }), true);
    assert.equal(engine({}, { images: { delivery: "minikube-load" } }), true);
  });

  it("is one where docker-env builds for no node, or a registry is named", () => {
    assert.equal(engine({ nodes: 2 }), true);
    assert.equal(engine({ driver: "none" }), true);
    assert.equal(engine({}, { images: { registry: { server: "registry.example:5000" } } }), true);
  });

  it("is that of the settings' Minikube where there is no cluster yet", () => {
    const missing: DetectedCluster = {
      ...found,
      state: "missing",
      entry: undefined,
      profile: undefined,
    };
    const minikube = { driver: "kvm2", containerRuntime: "docker" };
    assert.equal(needsOf(settingsWith({ minikube }), missing).engine, false);
    assert.deepEqual(needsOf(settingsWith(), missing).tools, [
      ...["pulumi", "kubectl", "helm", "minikube"],
    ]);
  });

  it("is an engine, and no minikube, for a cluster whose delivery isn't known or is wrong", () => {
    const entry = { name: "far", server: "https://far:6443", minikube: false };
    const far: DetectedCluster = { ...found, context: "far", entry, profile: undefined };
    assert.deepEqual(needsOf(settingsWith(), far), {
      tools: ["pulumi", "kubectl", "helm"],
      engine: true,
      minikube: false,
    });
    const wrong = { images: { delivery: "minikube-daemon" } };
    assert.equal(engine({ nodes: 2 }, wrong), true);
  });
});
