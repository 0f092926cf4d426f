import type { Change } from "./compare";
import type { PlannedResource } from "./plan";

interface Holder {
  type: RegExp;
  /** Only where this holds of the resource. */
  where?: (resource: PlannedResource) => boolean;
  lost: string;
}

/** A StatefulSet's volumes outlive it, and are found again by its successor, unless it says otherwise. */
const takesVolumesAlong = ({ inputs }: PlannedResource) => {
  const { spec } = inputs as {
    spec?: { persistentVolumeClaimRetentionPolicy?: { whenDeleted?: string } };
  };
  return spec?.persistentVolumeClaimRetentionPolicy?.whenDeleted === "Delete";
};

/** Resources that hold what can't be made again, and what is lost with each. */
const holders: readonly Holder[] = [
  {
    type: /^kubernetes:apps\/v1:StatefulSet$/,
    where: takesVolumesAlong,
    lost: "its volumes, with all their data",
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

/** What a change loses for good; nothing where all of it can be made again. */
export function dataLoss({ kind, resource }: Pick<Change, "kind" | "resource">): string[] {
  if (kind !== "deleted" && kind !== "replaced") return [];
  return holders
    .filter(({ type, where }) => type.test(resource.type) && (where?.(resource) ?? true))
    .map(({ lost }) => lost);
}
