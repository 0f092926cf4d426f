import { messageOf } from "../../lib/errors";
import type { Kubectl } from "../../lib/kubernetes/kubectl";
import type { ClusterTarget } from "../../lib/kubernetes/target";
import { pinnedNodePorts, type Settings } from "../../settings";
import { takenPorts } from "../environment/detect/host-ports";
import { type Environment, kubectlOf } from "../environment/environment";
import { contextFinding } from "./checks/cluster-context";
import { helmReleaseFinding, readRevisions, revisionArguments } from "./checks/helm-release";
import { hostPortsFinding } from "./checks/host-ports";
import { imageDeliveryFinding } from "./checks/image-delivery";
import { nodePortFindings, type ServiceList } from "./checks/node-ports";
import { type NodeList, nodeSizeFinding } from "./checks/node-size";
import { podFindings } from "./checks/pods";
import { publishedPortsFinding } from "./checks/published-ports";
import type { Finding } from "./finding";
import type { PodList } from "./pod";

type ClusterToCheck = Pick<
  Environment,
  "settings" | "target" | "cluster" | "tools" | "needs" | "env"
>;

/** Runs every check of the cluster: its context and profile, and, where it answers, what is in it. */
export async function clusterFindings(environment: ClusterToCheck): Promise<Finding[]> {
  const { settings, target, cluster, tools, needs } = environment;
  const kubectl = tools.kubectl === undefined ? undefined : kubectlOf(environment);
  const ready = cluster.state === "running" && (await kubectl?.ready()) === true;
  const findings = [
    contextFinding({ settings, cluster, target, ready }),
    imageDeliveryFinding({ settings, cluster, target }),
  ];
  if (cluster.profile !== undefined) {
    findings.push(publishedPortsFinding(settings, cluster.profile, target));
  } else if (cluster.state === "missing" && needs.minikube) {
    const wanted = pinnedNodePorts(settings);
    findings.push(hostPortsFinding(wanted, await takenPorts(wanted)));
  }
  if (!ready || kubectl === undefined) return [...findings, notAnswering];
  return [...findings, ...(await objectFindings(settings, target, kubectl))];
}

const notAnswering: Finding = {
  check: "in the cluster",
  state: "skipped",
  found: "Not checked: the cluster doesn't answer.",
};

async function objectFindings(
  settings: Settings,
  target: ClusterTarget,
  kubectl: Kubectl,
): Promise<Finding[]> {
  const { namespace } = settings;
  try {
    const [nodes, pods, services, revisions] = await Promise.all([
      kubectl.json<NodeList>(["get", "nodes"]),
      kubectl.json<PodList>(["get", "pods", "-A"]),
      kubectl.json<ServiceList>(["get", "services", "-A"]),
      kubectl.text(revisionArguments),
    ]);
    const ours = pods.items.filter(({ metadata }) => metadata.namespace === namespace);
    const unready = podFindings(ours, target, new Date());
    const allReady: Finding = {
      check: "pods",
      state: "ok",
      found:
        ours.length === 0
          ? `none in ${namespace}: nothing is deployed`
          : `${ours.length} in ${namespace}, all ready`,
    };
    const release = settings.chart.releaseName;
    return [
      nodeSizeFinding(settings, nodes.items, pods.items, target),
      ...nodePortFindings(settings, services.items, target),
      helmReleaseFinding(readRevisions(revisions), { namespace, release, target }),
      ...(unready.length === 0 ? [allReady] : unready),
    ];
  } catch (error) {
    return [
      {
        check: "in the cluster",
        state: "fix",
        found: messageOf(error),
        hint: "The kubeconfig's user may lack the right to read these objects: use one that has it.",
      },
    ];
  }
}
