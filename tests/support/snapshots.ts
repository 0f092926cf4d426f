import type { ClusterEvent, Controller, OwnedPod, Snapshot } from "../../cli/watch/snapshot";

const labels = { "app.kubernetes.io/instance": "todo-app" };
const REVISION = "deployment.kubernetes.io/revision";

/** A ReplicaSet of Deployment todo-backend; its UID is its name. */
export function replicaSet(
  name: string,
  revision: string,
  status: Controller["status"],
  replicas = 1,
): Controller {
  const owner = { kind: "Deployment", name: "todo-backend", uid: "deployment", controller: true };
  const annotations = { [REVISION]: revision };
  const metadata = { name, namespace: "todo-app", uid: name, labels, annotations };
  return {
    kind: "ReplicaSet",
    metadata: { ...metadata, ownerReferences: [owner] },
    spec: { replicas },
    status,
  };
}

/** A StatefulSet todo-postgres with one replica. */
export function statefulSet(status: Controller["status"]): Controller {
  const metadata = { name: "todo-postgres", namespace: "todo-app", uid: "set", labels };
  return { kind: "StatefulSet", metadata, spec: { replicas: 1 }, status };
}

/** The Job of the migration, which Helm runs as a hook. */
export function migrationJob(status: Controller["status"], uid = "job"): Controller {
  const annotations = { "helm.sh/hook": "pre-install,pre-upgrade" };
  const metadata = { name: "todo-migration", namespace: "todo-app", uid, labels, annotations };
  return { kind: "Job", metadata, spec: {}, status };
}

/** A pod of a controller. */
export function ownedPod(
  controller: string,
  status: OwnedPod["status"],
  deletionTimestamp?: string,
): OwnedPod {
  const ownerReferences = [{ kind: "ReplicaSet", name: "x", uid: controller, controller: true }];
  return {
    kind: "Pod",
    metadata: {
      name: `${controller}-pod`,
      namespace: "todo-app",
      uid: `${controller}-pod`,
      ownerReferences,
      ...(deletionTimestamp !== undefined && { deletionTimestamp }),
    },
    spec: { containers: [] },
    status,
  };
}

/** A warning about an object. */
export function warning(
  uid: string,
  reason: string,
  message: string,
  { count = 1, at = "2026-01-01T00:00:00Z" }: { count?: number; at?: string } = {},
): ClusterEvent {
  return {
    kind: "Event",
    metadata: { uid: `${uid}-${reason}` },
    ...{ type: "Warning", reason, message, count, lastTimestamp: at },
    involvedObject: { kind: "any", name: "any", uid },
  };
}

/** The content of a namespace. */
export function snapshot(parts: Partial<Snapshot>): Snapshot {
  return { controllers: [], pods: [], events: [], ...parts };
}
