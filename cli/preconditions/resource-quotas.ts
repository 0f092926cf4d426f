import { peak, podRequests } from "../../lib/kubernetes/pod-requests";
import { nothing, quantity, type Resources, resources, sum } from "../../lib/kubernetes/quantity";
import { databaseInCluster, hasNodePort, type Settings } from "../../settings";
import type { Finding } from "../doctor/finding";
import type { Pod } from "../doctor/pod";
import { settingsFileName } from "../stack/stack-name";
import { stackPods } from "./stack-pods";

type Amounts = Partial<Record<string, string>>;

/** The parts of a ResourceQuota that the check reads. */
export interface ResourceQuota {
  metadata: { name: string };
  spec: { scopes?: string[]; scopeSelector?: object };
  status?: { hard?: Amounts; used?: Amounts };
}

/** What the stack needs and what its pods use now, by the quota's key; CPU in m, memory in MiB. */
interface Need {
  keys: readonly string[];
  /** Without the surge of a rollout. */
  steady: number;
  peak: number;
  now: number;
  unit: "m" | " MiB" | "";
  read: (text: string | undefined) => number;
}

/**
 * Checks that the namespace's ResourceQuotas leave room for the stack: every replica, and in addition the
 * migration. Too little room for the surge of all rollouts at once is a note: a first deployment has none,
 * nor has an update that changes no pod. What the stack's pods use already is counted once.
 *
 * @param pods the stack's pods of now.
 */
export function resourceQuotasFinding(
  settings: Settings,
  quotas: readonly ResourceQuota[],
  pods: readonly Pod[],
  stack: string,
): Finding {
  const check = "ResourceQuota";
  const needs = [...computeNeeds(settings, pods), ...objectNeeds(settings)];
  const file = settingsFileName(stack);
  const tooSmall = problemsOf(quotas, needs, "steady");
  if (tooSmall !== undefined) {
    return {
      check,
      state: "fix",
      found:
        `The ResourceQuota ${tooSmall.quota} in ${settings.namespace} has too little room for the stack ` +
        `(all replicas, and the migration): ${tooSmall.text}.`,
      hint: `Fewer replicas, or smaller resources in ${file}; or raise the quota.`,
    };
  }
  const tight = problemsOf(quotas, needs, "peak");
  if (tight !== undefined) {
    return {
      check,
      state: "note",
      found:
        `The ResourceQuota ${tight.quota} in ${settings.namespace} has room for the stack, but not for the ` +
        `surge pods of all its rollouts at once: ${tight.text}. A rollout may have to wait for another one.`,
      hint: `rollout.maxSurge 0 in ${file} needs none; or raise the quota.`,
    };
  }
  return { check, state: "ok", found: `${settings.namespace} has room for the stack.` };
}

/** Returns what the quotas leave too little of, and the first quota that does; undefined where there is enough. */
function problemsOf(
  quotas: readonly ResourceQuota[],
  needs: readonly Need[],
  when: "steady" | "peak",
): { quota: string; text: string } | undefined {
  // A scope selects pods by priority, lifetime or quality: which of these apply isn't decided here.
  const problems = quotas
    .filter(({ spec }) => spec.scopes === undefined && spec.scopeSelector === undefined)
    .flatMap(({ metadata, status }) =>
      needs.flatMap(({ keys, [when]: most, now, unit, read }) =>
        keys.flatMap((key) => {
          const hard = status?.hard?.[key];
          if (hard === undefined) return [];
          const others = Math.max(0, read(status?.used?.[key]) - now);
          const left =
            read(hard) - (unit === "" && key !== "pods" && key !== "count/pods" ? 0 : others);
          const problem = `${key}: ${most}${unit} needed, ${left}${unit} of ${hard} left`;
          return most <= left ? [] : [{ quota: metadata.name, problem }];
        }),
      ),
    );
  const [first] = problems;
  return first && { quota: first.quota, text: problems.map(({ problem }) => problem).join("; ") };
}

function computeNeeds(settings: Settings, pods: readonly Pod[]): Need[] {
  const parts = stackPods(settings);
  const most = (of: "requests" | "limits", surges: boolean): Resources =>
    peak(
      parts.map(({ resources: amounts, count, surge }) => ({
        one: resources({ ...amounts[of] }),
        count,
        surge: surges ? surge : 0,
      })),
      parts
        .filter(({ count }) => count === 0)
        .map(({ resources: amounts }) => resources({ ...amounts[of] })),
    );
  const running = pods.filter(
    ({ status }) => status.phase === "Running" || status.phase === "Pending",
  );
  const requested = sum(running.map(({ spec }) => podRequests(spec)));
  const limited = running.map(({ spec }) => spec.containers).flat();
  const limits = sum(limited.map((container) => resources(container.resources?.limits)));
  const [requests, limit] = [most("requests", true), most("limits", true)];
  const [steadyRequests, steadyLimit] = [most("requests", false), most("limits", false)];
  const mib = (text: string | undefined) => resources({ memory: text ?? "0" }).memory;
  const millis = (text: string | undefined) => resources({ cpu: text ?? "0" }).cpu;
  const staying = parts.reduce((total, { count }) => total + count, 0);
  const passing = Math.max(
    1,
    parts.reduce((total, { surge }) => total + surge, 0),
  );
  return [
    {
      keys: ["requests.cpu", "cpu"],
      steady: steadyRequests.cpu,
      peak: requests.cpu,
      now: requested.cpu,
      unit: "m",
      read: millis,
    },
    {
      keys: ["limits.cpu"],
      steady: steadyLimit.cpu,
      peak: limit.cpu,
      now: limits.cpu,
      unit: "m",
      read: millis,
    },
    {
      keys: ["requests.memory", "memory"],
      steady: steadyRequests.memory,
      peak: requests.memory,
      now: requested.memory,
      unit: " MiB",
      read: mib,
    },
    {
      keys: ["limits.memory"],
      steady: steadyLimit.memory,
      peak: limit.memory,
      now: limits.memory,
      unit: " MiB",
      read: mib,
    },
    {
      keys: ["pods", "count/pods"],
      // The migration has one pod.
      steady: staying + 1,
      peak: staying + passing,
      now: running.length,
      unit: "",
      read: quantity,
    },
  ];
}

/** Objects are compared with the whole quota: how many of the used ones are the stack's isn't read. */
function objectNeeds(settings: Settings): Need[] {
  const { backend, frontend } = settings;
  const nodePorts = [backend, frontend].filter(hasNodePort).length;
  const balancers = [backend, frontend].filter(
    ({ service }) => service.type === "LoadBalancer",
  ).length;
  const database = databaseInCluster(settings) ? 1 : 0;
  const objects: [string, number][] = [
    ["services.nodeports", nodePorts],
    ["services.loadbalancers", balancers],
    ["services", 2 + database],
    ["persistentvolumeclaims", database],
  ];
  const counted = objects.map(([key, count]): Need => ({
    keys: [key, `count/${key}`],
    steady: count,
    peak: count,
    now: 0,
    unit: "",
    read: quantity,
  }));
  return counted.filter(({ peak: most }) => most > nothing.cpu);
}
