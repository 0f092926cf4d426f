import { UserError } from "../../../lib/errors";
import { type Tool, toolPages } from "../../../lib/versions";
import { isOfflineProfile } from "../detect/cluster";
import type { LocatedTool } from "../detect/locate-tool";
import type { Reachability } from "../detect/reachability";
import type { Detected } from "../environment";
import type { ClusterRequirement } from "./check-cluster";

/** What has to be done before Pulumi can run. */
export interface Steps {
  /** Tools to install from their releases. */
  install: Tool[];
  /** Tools that offline mode builds. */
  build: Tool[];
  /** Whether offline mode installs the docker engine. */
  engine: boolean;
  /** use: nothing; start, create: with the official Minikube; offline: either of them in offline mode. */
  cluster: "use" | "start" | "create" | "offline";
  /** use: nothing; install: official plugins with the CLI, also for stand-ins; offline: stand-ins. */
  plugins: "use" | "install" | "offline";
}

/** The parts of the record that decisions are made from. */
export type Findings = Pick<
  Detected,
  "needs" | "tools" | "docker" | "cluster" | "plugins" | "offline"
>;

/**
 * Decides for everything that is missing who provides it: its release where that can be reached, else
 * offline mode.
 *
 * @throws UserError where neither can.
 */
export function decide(
  findings: Findings,
  reachability: Reachability,
  requirement: ClusterRequirement,
): Steps {
  const steps: Steps = {
    ...decideTools(findings, reachability),
    engine: false,
    cluster: "use",
    plugins: decidePlugins(findings, reachability),
  };
  // A missing cluster isn't created only to destroy what was in it: then no engine is needed either.
  if (findings.cluster.state === "missing" && requirement === "existing") return steps;
  steps.cluster = decideCluster(findings, reachability, requirement);
  const { needs, docker } = findings;
  if (needs.engine && docker.engine === undefined) {
    if (docker.hint !== undefined) {
      throw new UserError(`No docker engine can be used: ${docker.reason}.`, docker.hint);
    }
    steps.engine = true;
    requireOfflineEngine(findings, reachability, docker.reason, steps);
  }
  return steps;
}

function decideTools(
  findings: Findings,
  reachability: Reachability,
): Pick<Steps, "install" | "build"> {
  const tools = Object.entries(findings.tools) as [Tool, LocatedTool | undefined][];
  const missing = tools.filter(([, located]) => located === undefined).map(([tool]) => tool);
  const build = missing.filter((tool) => !reachability.isReachable(tool));
  if (build.length > 0) {
    requireOffline(
      findings,
      reachability,
      `${build.join(", ")} ${build.length === 1 ? "is" : "are"} missing`,
      build.map((tool) => `${tool}: ${toolPages[tool]}`).join(", "),
    );
  }
  return { install: missing.filter((tool) => !build.includes(tool)), build };
}

function decidePlugins(findings: Findings, reachability: Reachability): Steps["plugins"] {
  const { missing, standIns } = findings.plugins;
  if (missing.length + standIns.length === 0) return "use";
  if (reachability.isReachable("plugins")) return "install";
  if (missing.length === 0) return "use";
  requireOffline(
    findings,
    reachability,
    `Pulumi's plugins ${missing.join(", ")} are missing`,
    "`pulumi plugin install` where the network allows it",
  );
  return "offline";
}

function decideCluster(
  { cluster, offline }: Findings,
  { isReachable }: Reachability,
  requirement: ClusterRequirement,
): Steps["cluster"] {
  const canUseOffline = offline.unsupported === undefined;
  const isOurs = isOfflineProfile(cluster.profile);
  // A running cluster of offline mode is completed where the command may create one, else left as it is.
  const mayComplete = requirement === "created" || cluster.state !== "running";
  if (isOurs && mayComplete && canUseOffline) return "offline";
  if (cluster.state === "running") return "use";
  if (cluster.state === "stopped") return "start";
  if (isReachable("cluster")) return "create";
  // Where offline mode can't be used, Minikube may still have what it needs in its cache.
  return canUseOffline ? "offline" : "create";
}

/** The engine belongs to the machine: offline mode installs it only where it is used anyway. */
function requireOfflineEngine(
  { offline }: Findings,
  { offlineMode, isReachable }: Reachability,
  problem: string,
  steps: Steps,
): void {
  const isInUse = offlineMode || steps.cluster === "offline" || !isReachable("cluster");
  if (isInUse && offline.unsupported === undefined) return;
  const because = isInUse && offline.unsupported ? ` ${offline.unsupported.message}` : "";
  throw new UserError(
    `No docker engine can be used: ${problem}.${because}`,
    `Install or start one (${toolPages.docker}), and run this again.` +
      (isInUse || offline.unsupported !== undefined
        ? ""
        : " Or let offline mode install Debian's: TODO_CHATBOT_OFFLINE=1 npm run up."),
  );
}

function requireOffline(
  { offline }: Findings,
  { offlineMode }: Reachability,
  missing: string,
  pages: string,
): void {
  if (offline.unsupported === undefined) return;
  const why = offlineMode
    ? "TODO_CHATBOT_OFFLINE forbids downloading releases"
    : "their releases can't be reached from here";
  throw new UserError(
    `${missing}, and ${why}. ${offline.unsupported.message}`,
    `Install what is missing yourself (${pages}), and run this again.`,
    { cause: offline.unsupported },
  );
}
