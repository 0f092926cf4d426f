import type { PlannedResource } from "./plan";
import { ELSEWHERE } from "./replacements";

/** A resource that goes: what comes in its place, where something does, and why. */
export interface Gone {
  resource: PlannedResource;
  successor: PlannedResource | undefined;
  reasons: readonly string[];
}

interface Holder {
  type: RegExp;
  /** Only where this holds of what goes. */
  where?: (gone: Gone) => boolean;
  lost: string;
}

interface StatefulSet {
  metadata?: { name?: unknown; namespace?: unknown };
  spec?: {
    persistentVolumeClaimRetentionPolicy?: { whenDeleted?: string };
    volumeClaimTemplates?: { metadata?: { name?: unknown } }[];
  };
}

/** A StatefulSet's volumes outlive it, unless it says otherwise. */
function takesVolumesAlong({ resource }: Gone): boolean {
  const { spec } = resource.inputs as StatefulSet;
  return spec?.persistentVolumeClaimRetentionPolicy?.whenDeleted === "Delete";
}

/** Whether a successor doesn't find the volumes: it looks under its own names, in its own cluster. */
function leavesVolumes(gone: Gone): boolean {
  const { resource, successor, reasons } = gone;
  if (successor === undefined || takesVolumesAlong(gone)) return false;
  return reasons.includes(ELSEWHERE) || placeOf(resource) !== placeOf(successor);
}

function placeOf({ inputs }: PlannedResource): string {
  const { metadata, spec } = inputs as StatefulSet;
  const templates = (spec?.volumeClaimTemplates ?? []).map((template) => template.metadata?.name);
  return JSON.stringify([metadata?.namespace, metadata?.name, templates]);
}

/** Resources that hold what can't be made again, and what is lost with each. */
const holders: readonly Holder[] = [
  {
    type: /^kubernetes:apps\/v1:StatefulSet$/,
    where: takesVolumesAlong,
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

/** What goes for good with a resource; nothing where all of it can be made again. */
export function dataLoss(gone: Gone): string[] {
  return holders
    .filter(({ type, where }) => type.test(gone.resource.type) && (where?.(gone) ?? true))
    .map(({ lost }) => lost);
}
