import type { Kubectl } from "../../lib/kubernetes/kubectl";
import type { Pod } from "../doctor/pod";

/** The parts of a Deployment's ReplicaSet, a StatefulSet or a Job that the watch reads. */
export interface Controller {
  kind: "ReplicaSet" | "StatefulSet" | "Job";
  metadata: ObjectMetadata;
  spec: { replicas?: number };
  status?: {
    replicas?: number;
    readyReplicas?: number;
    /** Of a StatefulSet: the revision of its newest template. */
    updateRevision?: string;
    active?: number;
    succeeded?: number;
    failed?: number;
    conditions?: { type: string; status: string; reason?: string; message?: string }[];
  };
}

/** The parts of an object's metadata that the watch reads. */
export interface ObjectMetadata {
  name: string;
  namespace: string;
  uid: string;
  labels?: Partial<Record<string, string>>;
  annotations?: Partial<Record<string, string>>;
  ownerReferences?: { kind: string; name: string; uid: string; controller?: boolean }[];
  creationTimestamp?: string;
  deletionTimestamp?: string;
}

/** A pod with its owner. */
export type OwnedPod = Pod & { kind: "Pod"; metadata: ObjectMetadata };

/** The parts of an event that the watch reads. */
export interface ClusterEvent {
  kind: "Event";
  metadata: { uid: string };
  type: string;
  reason: string;
  message: string;
  count?: number;
  series?: { count: number };
  lastTimestamp?: string | null;
  involvedObject: { kind: string; name: string; uid?: string };
}

/** What a namespace contains at one moment. */
export interface Snapshot {
  controllers: Controller[];
  pods: OwnedPod[];
  events: ClusterEvent[];
}

const KINDS = "events,pods,replicasets,statefulsets,jobs";

/**
 * Reads a namespace by one command. Kinds that the user may not read are left out, and where nothing can be
 * read the result is empty: a watch must not fail an update.
 */
export async function readSnapshot(kubectl: Kubectl, namespace: string): Promise<Snapshot> {
  const args = ["get", KINDS, "-n", namespace, "-o", "json"];
  const { stdout } = await kubectl.run(args, { timeoutMs: 10_000 });
  return parseSnapshot(stdout);
}

/** Parses what `kubectl get -o json` prints of several kinds. */
export function parseSnapshot(text: string): Snapshot {
  const items = parseItems(text);
  return {
    controllers: items.filter((item): item is Controller => item.kind in controllerKinds),
    pods: items.filter((item): item is OwnedPod => item.kind === "Pod"),
    events: items.filter((item): item is ClusterEvent => item.kind === "Event"),
  };
}

const controllerKinds = { ReplicaSet: true, StatefulSet: true, Job: true };

function parseItems(text: string): (Controller | OwnedPod | ClusterEvent)[] {
  try {
    return (JSON.parse(text) as { items: (Controller | OwnedPod | ClusterEvent)[] }).items;
  } catch {
    return [];
  }
}
