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
  peak: number;
  now: number;
  unit: "m" | " MiB" | "";
  read: (text: string | undefined) => number;
}

/**
 * Checks that the namespace's ResourceQuotas leave room for the stack at its peak: every replica, and in
 * addition the surge of a rollout or the migration. What its pods use already is counted once.
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
  // A scope selects pods by priority, lifetime or quality: which of these apply isn't decided here.
  const problems = quotas
    .filter(({ spec }) => spec.scopes === undefined && spec.scopeSelector === undefined)
    .flatMap(({ metadata, status }) =>
      needs.flatMap(({ keys, peak: most, now, unit, read }) =>
        keys.flatMap((key) => {
          const hard = status?.hard?.[key];
          if (hard === undefined) return [];
          const others = Math.max(0, read(status?.used?.[key]) - now);
          const left =
            read(hard) - (unit === "" && key !== "pods" && key !== "count/pods" ? 0 : others);
          return most <= left
            ? []
            : [
                {
                  quota: metadata.name,
                  problem: `${key}: ${most}${unit} needed, ${left}${unit} of ${hard} left`,
                },
              ];
        }),
      ),
    );
  const [first] = problems;
  if (first === undefined) {
    return { check, state: "ok", found: `${settings.namespace} has room for the stack.` };
  }
  return {
    check,
    state: "fix",
    found:
      `The ResourceQuota ${first.quota} in ${settings.namespace} has too little room for the stack at its peak ` +
      `(all replicas, and a surge pod each or the migration): ${problems.map(({ problem }) => problem).join("; ")}.`,
    hint: `Fewer replicas, rollout.maxSurge 0, or smaller resources in ${settingsFileName(stack)}; or raise the quota.`,
  };
}

function computeNeeds(settings: Settings, pods: readonly Pod[]): Need[] {
  const parts = stackPods(settings);
  const most = (of: "requests" | "limits"): Resources =>
    peak(
      parts.map(({ resources: amounts, count, surge }) => ({
        one: resources({ ...amounts[of] }),
        count,
        surge,
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
  const [requests, limit] = [most("requests"), most("limits")];
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
      peak: requests.cpu,
      now: requested.cpu,
      unit: "m",
      read: millis,
    },
    { keys: ["limits.cpu"], peak: limit.cpu, now: limits.cpu, unit: "m", read: millis },
    {
      keys: ["requests.memory", "memory"],
      peak: requests.memory,
      now: requested.memory,
      unit: " MiB",
      read: mib,
    },
    { keys: ["limits.memory"], peak: limit.memory, now: limits.memory, unit: " MiB", read: mib },
    {
      keys: ["pods", "count/pods"],
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
    peak: count,
    now: 0,
    unit: "",
    read: quantity,
  }));
  return counted.filter(({ peak: most }) => most > nothing.cpu);
}
