import type { PlannedResource } from "./planned-resource";
import { ANOTHER_CLUSTER } from "./replacements";

/** A resource that is deleted or replaced. */
export interface RemovedResource {
  resource: PlannedResource;
  /** The resource that replaces it; undefined where it is deleted. */
  successor: PlannedResource | undefined;
  /** Why it is replaced. */
  reasons: readonly string[];
}

interface StatefulType {
  type: RegExp;
  /** Restricts it to the resources for which this returns true. */
  where?: (removed: RemovedResource) => boolean;
  lost: string;
}

interface StatefulSet {
  metadata?: { name?: unknown; namespace?: unknown };
  spec?: {
    persistentVolumeClaimRetentionPolicy?: { whenDeleted?: string };
    volumeClaimTemplates?: { metadata?: { name?: unknown } }[];
  };
}

/** Whether the volumes of a StatefulSet are deleted with it. By default they stay. */
function deletesVolumes({ resource }: RemovedResource): boolean {
  const { spec } = resource.inputs as StatefulSet;
  return spec?.persistentVolumeClaimRetentionPolicy?.whenDeleted === "Delete";
}

/** Whether the successor doesn't find the volumes, because their names or the cluster differ. */
function leavesVolumes(removed: RemovedResource): boolean {
  const { resource, successor, reasons } = removed;
  if (successor === undefined || deletesVolumes(removed)) return false;
  return reasons.includes(ANOTHER_CLUSTER) || volumeNames(resource) !== volumeNames(successor);
}

/** Returns what the names of a StatefulSet's volumes are made of, as a comparable text. */
function volumeNames({ inputs }: PlannedResource): string {
  const { metadata, spec } = inputs as StatefulSet;
  const templates = (spec?.volumeClaimTemplates ?? []).map((template) => template.metadata?.name);
  return JSON.stringify([metadata?.namespace, metadata?.name, templates]);
}

/** The types of resources whose data can't be recreated, and what is lost with each. */
const statefulTypes: readonly StatefulType[] = [
  {
    type: /^kubernetes:apps\/v1:StatefulSet$/,
    where: deletesVolumes,
    lost: "its volumes, with all their data",
  },
  {
    type: /^kubernetes:apps\/v1:StatefulSet$/,
    where: leavesVolumes,
    lost: "the data of its volumes: the new one begins with empty ones, and takes nothing of the old along",
  },
  {
    type: /^kubernetes:core\/v1:(Namespace|PersistentVolumeClaim|PersistentVolume)$/,
    lost: "everything in it, volumes included",
  },
  {
    type: /^random:index\/randomPassword:RandomPassword$/,
    lost: "its value: what was encrypted, signed or locked with it stays so",
  },
];

/** Returns what is irrecoverably lost with a resource; empty where all of it can be recreated. */
export function dataLoss(removed: RemovedResource): string[] {
  return statefulTypes
    .filter(({ type, where }) => type.test(removed.resource.type) && (where?.(removed) ?? true))
    .map(({ lost }) => lost);
}
