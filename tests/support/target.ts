import { ClusterTarget } from "../../lib/kubernetes/target";

/** The Minikube of the default settings, without a kubeconfig. */
export const target = new ClusterTarget(
  { context: "minikube", kubeconfig: "" },
  { KUBECONFIG: "/none" },
);
