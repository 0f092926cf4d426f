import { UserError } from "../../lib/errors";
import { duration } from "../../lib/progress/duration";
import type { Tool } from "../../lib/versions";
import { parseArguments, refuseFurther } from "../arguments";
import { isOfflineProfile } from "../environment/detect/cluster";
import { detect } from "../environment/detect/detect";
import type { Detected } from "../environment/environment";
import { clusterOptions } from "../environment/provide/cluster-options";
import { loadOffline, type OfflineStatus } from "../environment/provide/offline";
import type { Command } from "./command";

const tools: readonly Tool[] = ["pulumi", "helm", "kubectl", "minikube"];

/** `npm run offline`: creates, deletes or shows the machine of offline mode, without deploying. */
export const offline: Command = {
  summary: "build the machine from package registries, without deploying: up, down, status",
  help: `npm run offline -- up|down|status [--stack <stack>]

The machine that \`npm run up\` creates where the releases of its tools can't be reached: docker engine,
Pulumi, helm, kubectl, and Minikube with its Kubernetes, all built from package registries.

  npm run offline -- up        build it and start the cluster that the stack's settings name
  npm run offline -- down      delete that cluster; programs and caches stay
  npm run offline -- status    show what exists`,
  async run({ root, argv, progress }) {
    const { stack, rest } = parseArguments(argv);
    const [action, ...further] = rest;
    refuseFurther("offline", further);
    const environment = await detect(root, stack);
    const { target } = environment;
    const machine = await loadOffline();
    switch (action) {
      case "status":
        for (const line of statusLines(await machine.status(target.context))) progress.say(line);
        return 0;
      case "up": {
        if (environment.offline.unsupported !== undefined) throw environment.offline.unsupported;
        refuseForeignCluster(environment, "`npm run up` uses it as it is.");
        const start = Date.now();
        const options = await clusterOptions(environment, progress);
        const folder = await machine.ensureMachine(tools, options, progress);
        progress.say(`The cluster "${target.context}" is running; its tools are in ${folder}.`);
        progress.say(`Done in ${duration(Date.now() - start)}`);
        return 0;
      }
      case "down":
        refuseForeignCluster(environment, `\`${target.minikube("delete")}\` deletes it.`);
        await machine.down(target.context, progress);
        progress.say(`The cluster "${target.context}" is deleted. Done in ${progress.total()}`);
        return 0;
      default:
        throw new UserError(
          action === undefined ? "offline needs an action." : `offline has no action "${action}".`,
          "`npm run offline -- up`, `down` or `status`.",
        );
    }
  },
};

/** Refuses to change or delete a cluster that offline mode didn't create. */
function refuseForeignCluster({ cluster, target }: Detected, hint: string): void {
  const { profile, state } = cluster;
  if (isOfflineProfile(profile) || (profile === undefined && state === "missing")) return;
  throw new UserError(
    `The cluster "${target.context}" exists, and offline mode didn't create it.`,
    hint,
  );
}

/** Formats the status of offline mode as lines. */
export function statusLines(status: OfflineStatus): string[] {
  const { cluster, engine, cache, unsupported } = status;
  const facts = [
    cluster.address,
    cluster.containerRuntime && `runtime ${cluster.containerRuntime}`,
    cluster.kubernetesVersion && `Kubernetes ${cluster.kubernetesVersion}`,
    cluster.networkPolicies === undefined
      ? undefined
      : `NetworkPolicies ${cluster.networkPolicies ? "enforced" : "not enforced"}`,
  ].filter(Boolean);
  const lines: [string, string][] = [
    [
      "Usable here",
      unsupported === undefined ? "yes" : `no: ${unsupported.message} ${unsupported.hint}`,
    ],
    ...tools.map((tool): [string, string] => [tool, status.tools[tool] ?? "not built"]),
    [
      "docker engine",
      engine.version === undefined
        ? "doesn't answer"
        : `${engine.version}${engine.storage === undefined ? "" : ` (${engine.storage})`}`,
    ],
    [
      `cluster ${cluster.profile}`,
      cluster.state + (facts.length > 0 ? `: ${facts.join(", ")}` : ""),
    ],
    ["cache", `${cache.directory}, ${(cache.bytes / 1024 ** 3).toFixed(1)} GiB`],
  ];
  const width = Math.max(...lines.map(([title]) => title.length));
  return lines.map(([title, text]) => `${title.padEnd(width)}  ${text}`);
}
