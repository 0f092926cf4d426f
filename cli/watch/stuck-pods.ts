import type { OwnedPod, Snapshot } from "./snapshot";

/**
 * Returns the pods that keep a StatefulSet from its new revision: its controller replaces a pod only once it is
 * ready, and one that fails never gets ready, so that the fix would never reach it (Kubernetes' documentation
 * calls this a forced rollback, and says to delete the pod).
 *
 * @param release the Helm release whose StatefulSets count.
 */
export function stuckPods({ controllers, pods }: Snapshot, release: string): OwnedPod[] {
  return controllers
    .filter(
      ({ kind, metadata }) =>
        kind === "StatefulSet" && metadata.labels?.["app.kubernetes.io/instance"] === release,
    )
    .flatMap(({ metadata: { uid }, status: { updateRevision } = {} }) =>
      pods.filter(
        ({ metadata, status }) =>
          updateRevision !== undefined &&
          metadata.ownerReferences?.some((owner) => owner.uid === uid) === true &&
          metadata.labels?.["controller-revision-hash"] !== updateRevision &&
          metadata.deletionTimestamp === undefined &&
          status.conditions?.find(({ type }) => type === "Ready")?.status !== "True",
      ),
    );
}
