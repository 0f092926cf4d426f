import type { ClusterOptions } from "../../../offline";

/** Options of a cluster that the tests share. */
export const clusterOptions: ClusterOptions = {
  profile: "other",
  containerRuntime: "containerd",
  cpus: 3,
  memoryMiB: 5000,
  nodePorts: [30080, 30081],
  addons: [],
};
