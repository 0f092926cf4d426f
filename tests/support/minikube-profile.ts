import type { MinikubeProfile } from "../../lib/minikube/profile";

/** A profile on containerd that publishes nothing. */
export const containerdProfile: MinikubeProfile = {
  name: "minikube",
  driver: "docker",
  containerRuntime: "containerd",
  kubernetesVersion: "v1.34.0",
  cni: "",
  cpus: 2,
  memoryMiB: 4096,
  nodes: 1,
  nodeAddress: "192.168.49.2",
  apiServerHosts: ["192.168.49.2"],
  exposedPorts: [],
  addons: [],
  baseImage: "",
};
