export { accessCommand, hasIpv6, nodePortUrl } from "./addresses";
export { Cluster, type ClusterArgs } from "./cluster";
export { clusterArgs } from "./cluster-args";
export { clusterRoom, plannedRoom } from "./cluster-room";
export { discoverCluster, type ClusterFacts } from "./cluster-facts";
export type { Delivery } from "./delivery";
export type { DockerEndpoint } from "./host-docker-endpoint";
export { plannedCluster, PLAN_VARIABLE as planVariable } from "./planned-cluster";
