import type { Change } from "./compare";

/** Resources that hold what can't be made again, and what is lost with each. */
const holders: readonly { type: RegExp; lost: string }[] = [
  {
    type: /^kubernetes:apps\/v1:StatefulSet$/,
    lost: "the database's volume, with all its data",
  },
  {
    type: /^kubernetes:core\/v1:(Namespace|PersistentVolumeClaim|PersistentVolume)$/,
    lost: "everything in it, volumes included",
  },
];

/** What a change loses for good; nothing where all of it can be made again. */
export function dataLoss({ kind, resource }: Pick<Change, "kind" | "resource">): string[] {
  if (kind !== "deleted" && kind !== "replaced") return [];
  const lost = holders.filter(({ type }) => type.test(resource.type)).map((holder) => holder.lost);
  if (resource.type !== "random:index/randomPassword:RandomPassword") return lost;
  return [...lost, "its value: what was encrypted, signed or locked with it stays so"];
}
