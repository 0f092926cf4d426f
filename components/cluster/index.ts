export { Cluster, type ClusterArgs } from "./cluster";
export {
  accessCommand,
  discoverCluster,
  nodePortUrl,
  type ClusterFacts,
  type Delivery,
} from "./facts";
export { plannedCluster, planVariable } from "./planned-cluster";
