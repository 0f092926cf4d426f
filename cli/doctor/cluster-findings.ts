import { takenPorts } from "../environment/detect/host-ports";
import { Kubectl } from "../../lib/kubernetes/kubectl";
import { ClusterTarget } from "../../lib/kubernetes/target";
import type { Survey } from "../environment/detect/survey";
import { messageOf } from "../../lib/errors";
import { pinnedNodePorts } from "../../settings";
import { contextFinding, runtimeFinding } from "./checks/context";
import { helmFinding, readRevisions, revisionArguments } from "./checks/helm";
import {
  hostPortFinding,
  nodePortFindings,
  publishedFinding,
  type ServiceList,
} from "./checks/node-ports";
import { nodeSizeFinding, type NodeList } from "./checks/node-size";
import { podFindings, type PodList } from "./checks/pods";
import type { Finding } from "./finding";

/** Everything that is to be said of the cluster. */
export async function clusterFindings(found: Survey, env: NodeJS.ProcessEnv): Promise<Finding[]> {
  const { settings, cluster, tools } = found;
  const kubectl =
    tools.kubectl === undefined
      ? undefined
      : new Kubectl(tools.kubectl.file, new ClusterTarget(settings, env), env);
  const ready = cluster.state === "running" && (await kubectl?.ready()) === true;
  const findings = [contextFinding(settings, cluster, ready), runtimeFinding(settings, cluster)];
  if (cluster.profile === undefined) {
    if (cluster.state === "missing" && found.needs.minikube) {
      const wanted = pinnedNodePorts(settings);
      findings.push(hostPortFinding(wanted, await takenPorts(wanted)));
    }
  } else {
    findings.push(publishedFinding(settings, cluster.profile));
  }
  if (!ready || kubectl === undefined) {
    return [
      ...findings,
      {
        check: "in the cluster",
        state: "skipped",
        found: "Not looked at: the cluster doesn't answer.",
      },
    ];
  }
  return [...findings, ...(await insideFindings(found, kubectl))];
}

async function insideFindings({ settings }: Survey, kubectl: Kubectl): Promise<Finding[]> {
  try {
    const [nodes, pods, services, revisions] = await Promise.all([
      kubectl.json<NodeList>(["get", "nodes"]),
      kubectl.json<PodList>(["get", "pods", "-A"]),
      kubectl.json<ServiceList>(["get", "services", "-A"]),
      kubectl.text(revisionArguments),
    ]);
    const ours = pods.items.filter(({ metadata }) => metadata.namespace === settings.namespace);
    const unready = podFindings(ours, new Date());
    const allReady: Finding = {
      check: "pods",
      state: "ok",
      found:
        ours.length === 0
          ? `none in ${settings.namespace}: nothing is deployed`
          : `${ours.length} in ${settings.namespace}, all ready`,
    };
    return [
      nodeSizeFinding(settings, nodes.items, pods.items),
      ...nodePortFindings(settings, services.items),
      helmFinding(readRevisions(revisions), {
        namespace: settings.namespace,
        release: settings.chart.releaseName,
        context: settings.context,
      }),
      ...(unready.length === 0 ? [allReady] : unready),
    ];
  } catch (error) {
    return [
      {
        check: "in the cluster",
        state: "mend",
        found: messageOf(error),
        fix: "The kubeconfig's user may lack the right to look: use one that may.",
      },
    ];
  }
}
