export { accessCommand, hasIpv6, nodePortUrl } from "./addresses";
export { Cluster, type ClusterArgs } from "./cluster";
export { clusterArgs } from "./cluster-args";
export { discoverCluster, type ClusterFacts } from "./cluster-facts";
export type { Delivery } from "./delivery";
export { plannedCluster, PLAN_VARIABLE as planVariable } from "./planned-cluster";
