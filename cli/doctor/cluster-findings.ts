import { messageOf } from "../../lib/errors";
import type { RecordedNamespace } from "../../lib/kubernetes/cluster-identity";
import type { Kubectl } from "../../lib/kubernetes/kubectl";
import type { ClusterTarget } from "../../lib/kubernetes/target";
import { pinnedNodePorts, type Settings } from "../../settings";
import { takenPorts } from "../environment/detect/host-ports";
import { isPaused } from "../environment/detect/paused";
import { type Environment, kubectlOf } from "../environment/environment";
import { preconditionFindings } from "../preconditions/preconditions";
import { contextFinding } from "./checks/cluster-context";
import { helmReleaseFinding, readRevisions, revisionArguments } from "./checks/helm-release";
import { hostPortsFinding } from "./checks/host-ports";
import { imageDeliveryFinding } from "./checks/image-delivery";
import { nodePlatformFindings } from "./checks/node-platform";
import { nodePortFindings, type ServiceList } from "./checks/node-ports";
import { type NodeList, nodeSizeFinding } from "./checks/node-size";
import { podFindings } from "./checks/pods";
import { publishedPortsFinding } from "./checks/published-ports";
import type { Finding } from "./finding";
import type { PodList } from "./pod";

type ClusterToCheck = Pick<
  Environment,
  "stack" | "settings" | "target" | "cluster" | "tools" | "needs" | "env"
>;

/**
 * Runs every check of the cluster: its context and profile, and, where it answers, what is in it.
 *
 * @param createdNamespaces the namespaces that the stack has created.
 */
export async function clusterFindings(
  environment: ClusterToCheck,
  createdNamespaces: Promise<readonly RecordedNamespace[]>,
): Promise<Finding[]> {
  const { settings, target, cluster, tools, needs } = environment;
  const kubectl = tools.kubectl === undefined ? undefined : kubectlOf(environment);
  const ready = cluster.state === "running" && (await kubectl?.ready()) === true;
  const paused = !ready && cluster.state === "running" && (await isPaused(environment));
  const findings = [
    contextFinding({ settings, cluster, target, ready, paused }),
    imageDeliveryFinding({ settings, cluster, target }),
  ];
  if (cluster.profile !== undefined) {
    findings.push(publishedPortsFinding(settings, cluster.profile, target));
  } else if (cluster.state === "missing" && needs.minikube) {
    const wanted = pinnedNodePorts(settings);
    findings.push(hostPortsFinding(wanted, await takenPorts(wanted)));
  }
  if (!ready || kubectl === undefined) return [...findings, notAnswering];
  const [objects, preconditions] = await Promise.all([
    objectFindings(settings, target, kubectl),
    preconditionFindings(environment, createdNamespaces),
  ]);
  return [...findings, ...preconditions, ...objects];
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
  const [nodes, allPods, ourPods, services, revisions] = await Promise.all([
    readable(kubectl.json<NodeList>(["get", "nodes"])),
    readable(kubectl.json<PodList>(["get", "pods", "-A"])),
    readable(kubectl.json<PodList>(["get", "pods", "-n", namespace])),
    readable(kubectl.json<ServiceList>(["get", "services", "-A"])),
    readable(kubectl.text(revisionArguments(namespace))),
  ]);
  const ours = ourPods.value?.items ?? [];
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
    ...(nodes.value && allPods.value
      ? [nodeSizeFinding(settings, nodes.value.items, allPods.value.items, target)]
      : [notReadable("node size", nodes.error ?? allPods.error)]),
    ...nodePlatformFindings(settings, nodes.value?.items ?? []),
    ...(services.value
      ? nodePortFindings(settings, services.value.items, target)
      : [notReadable("NodePorts", services.error)]),
    revisions.value === undefined
      ? notReadable("Helm release", revisions.error)
      : helmReleaseFinding(readRevisions(revisions.value), { namespace, release, target }),
    ...(ourPods.error !== undefined
      ? [notReadable("pods", ourPods.error)]
      : unready.length === 0
        ? [allReady]
        : unready),
  ];
}

/** What was read, or why it wasn't. */
type Reading<T> = { value: T; error?: undefined } | { value?: undefined; error: string };

function readable<T>(reading: Promise<T>): Promise<Reading<T>> {
  return reading.then(
    (value) => ({ value }),
    (error: unknown) => ({ error: messageOf(error) }),
  );
}

/** A user who may only write one namespace can't read the rest of the cluster, and needn't. */
function notReadable(check: string, error: string | undefined): Finding {
  if (error?.includes("(Forbidden)") === true) {
    return { check, state: "skipped", found: "The kubeconfig's user may not read this." };
  }
  const hint = "`npm run doctor` again; if it stays so, `kubectl` with the same context says more.";
  return { check, state: "fix", found: error ?? "unknown", hint };
}
