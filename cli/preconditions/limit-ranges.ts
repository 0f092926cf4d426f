import { quantity } from "../../lib/kubernetes/quantity";
import type { Settings } from "../../settings";
import { databaseInCluster } from "../../settings";
import type { Finding } from "../doctor/finding";
import { settingsFileName } from "../stack/stack-name";
import { type StackPods, stackPods } from "./stack-pods";

type Amounts = Partial<Record<string, string>>;

/** The parts of a LimitRange that the check reads. */
export interface LimitRange {
  metadata: { name: string };
  spec: {
    limits: {
      type: string;
      max?: Amounts;
      min?: Amounts;
      maxLimitRequestRatio?: Amounts;
    }[];
  };
}

/** The resources that every container of the stack states, requests and limits alike. */
const stated = ["cpu", "memory", "ephemeral-storage"] as const;

/**
 * Checks that the namespace's LimitRanges accept every container of the stack, the migration's too. Each pod
 * has one container, so that the limits of pods apply to the same amounts.
 */
export function limitRangesFinding(
  settings: Settings,
  ranges: readonly LimitRange[],
  stack: string,
): Finding {
  const check = "LimitRange";
  const problems = ranges.flatMap(({ metadata, spec }) =>
    spec.limits
      .flatMap((limit) => {
        if (limit.type === "PersistentVolumeClaim") return volumeProblems(settings, limit);
        if (limit.type !== "Container" && limit.type !== "Pod") return [];
        return stackPods(settings).flatMap((pods) => containerProblems(pods, limit));
      })
      .map((problem) => ({ range: metadata.name, problem })),
  );
  const [first] = problems;
  if (first === undefined) {
    return { check, state: "ok", found: `${settings.namespace} accepts every container's size.` };
  }
  const more = problems.slice(1).map(({ problem }) => `; ${problem}`);
  return {
    check,
    state: "fix",
    found: `The LimitRange ${first.range} in ${settings.namespace} refuses pods of the stack: ${first.problem}${more.join("")}.`,
    hint: `Change these resources in ${settingsFileName(stack)} (the migration's: chart.values.migration.resources), or the LimitRange.`,
  };
}

type Limit = LimitRange["spec"]["limits"][number];

function containerProblems({ part, resources }: StackPods, limit: Limit): string[] {
  return stated.flatMap((key) => {
    const [request, max] = [resources.requests[key], resources.limits[key]];
    const [atMost, atLeast, ratio] = [
      limit.max?.[key],
      limit.min?.[key],
      limit.maxLimitRequestRatio?.[key],
    ];
    return [
      ...(atMost !== undefined && quantity(max) > quantity(atMost)
        ? [`the ${part}'s ${key} limit is ${max}, at most ${atMost} is allowed`]
        : []),
      ...(atLeast !== undefined && quantity(request) < quantity(atLeast)
        ? [`the ${part}'s ${key} request is ${request}, at least ${atLeast} is required`]
        : []),
      ...(ratio !== undefined && quantity(max) > quantity(ratio) * quantity(request)
        ? [`the ${part}'s ${key} limit ${max} is more than ${ratio} times its request ${request}`]
        : []),
    ];
  });
}

function volumeProblems(settings: Settings, { max, min }: Limit): string[] {
  if (!databaseInCluster(settings)) return [];
  const { storage } = settings.postgres;
  const fits =
    quantity(storage) <= (max?.storage === undefined ? Infinity : quantity(max.storage)) &&
    quantity(storage) >= (min?.storage === undefined ? 0 : quantity(min.storage));
  const between = `${min?.storage ?? "0"} to ${max?.storage ?? "any size"}`;
  return fits ? [] : [`postgres.storage is ${storage}, allowed is ${between}`];
}
