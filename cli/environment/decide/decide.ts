import type { PluginName, Tool } from "../../../lib/versions";
import { UserError } from "../../../lib/errors";
import type { Located } from "../detect/locate-tool";
import { toolPages } from "../../../lib/versions";

/** What was found on this machine, and what can be had from here. */
export interface Facts {
  /** The tools that this stack needs, each with where it is. */
  tools: Partial<Record<Tool, Located | undefined>>;
  /** Why no docker engine answers; undefined where one does, or none is needed. */
  engineProblem: string | undefined;
  cluster: "running" | "stopped" | "missing";
  /** Whether the sandbox made the cluster that is there. */
  clusterOfSandbox: boolean;
  /** Plugins that the engine would have to get. */
  missingPlugins: readonly PluginName[];
  /** Asked for only where something is missing: whether its makers' releases can be reached. */
  reachable: (thing: Tool | "cluster" | "plugins") => boolean;
  /** TODO_CHATBOT_OFFLINE is set. */
  offline: boolean;
  /** Why the sandbox can't work here; undefined where it can. */
  sandboxProblem: string | undefined;
}

/** What has to be done before pulumi can run. */
export interface Plan {
  /** Tools to install from their makers' releases. */
  install: Tool[];
  /** Tools for the sandbox to build. */
  build: Tool[];
  /** Whether the sandbox brings the docker engine. */
  engine: boolean;
  /** use: it runs; start, create: by the official Minikube; sandbox: as the sandbox does either. */
  cluster: "use" | "start" | "create" | "sandbox";
  /** use: they are there; install: by the CLI; sandbox: stand-ins. */
  plugins: "use" | "install" | "sandbox";
}

/**
 * Decides, for each thing that is missing, who brings it: its makers where their releases can be
 * reached, else the sandbox.
 *
 * @throws UserError where neither can.
 */
export function plan(facts: Facts): Plan {
  const result: Plan = { install: [], build: [], engine: false, cluster: "use", plugins: "use" };
  for (const [tool, located] of Object.entries(facts.tools) as [Tool, Located | undefined][]) {
    if (located !== undefined) continue;
    if (facts.reachable(tool)) result.install.push(tool);
    else result.build.push(tool);
  }
  if (result.build.length > 0) {
    const tools = result.build.join(", ");
    requireSandbox(facts, `${tools} ${result.build.length === 1 ? "is" : "are"} missing`, () =>
      result.build.map((tool) => `${tool}: ${toolPages[tool]}`).join(", "),
    );
  }
  result.cluster = clusterStep(facts);
  if (facts.engineProblem !== undefined) {
    result.engine = true;
    requireEngineFromSandbox(facts, facts.engineProblem, result);
  }
  if (facts.missingPlugins.length > 0) {
    result.plugins = facts.reachable("plugins") ? "install" : "sandbox";
    if (result.plugins === "sandbox") {
      requireSandbox(
        facts,
        `Pulumi's plugins ${facts.missingPlugins.join(", ")} are missing`,
        () => "`pulumi plugin install` where the network allows it",
      );
    }
  }
  return result;
}

function clusterStep(facts: Facts): Plan["cluster"] {
  if (facts.clusterOfSandbox && facts.sandboxProblem === undefined) return "sandbox";
  if (facts.cluster === "running") return "use";
  if (facts.cluster === "stopped") return "start";
  if (facts.reachable("cluster")) return "create";
  // Where the sandbox can't work, Minikube may still have in its cache what it needs.
  return facts.sandboxProblem === undefined ? "sandbox" : "create";
}

/** An engine belongs to the machine: only where the sandbox is at work anyway, it brings that too. */
function requireEngineFromSandbox(facts: Facts, problem: string, result: Plan): void {
  const sandboxAtWork =
    facts.offline || result.cluster === "sandbox" || !facts.reachable("cluster");
  if (sandboxAtWork && facts.sandboxProblem === undefined) return;
  const because = sandboxAtWork ? ` ${facts.sandboxProblem ?? ""}` : "";
  throw new UserError(
    `No docker engine can be used: ${problem}.${because}`,
    `Install or start one (${toolPages.docker}), and run this again.` +
      (sandboxAtWork || facts.sandboxProblem !== undefined
        ? ""
        : " Or have the sandbox bring Debian's: TODO_CHATBOT_OFFLINE=1 npm run up."),
  );
}

function requireSandbox(facts: Facts, what: string, pages: () => string): void {
  if (facts.sandboxProblem === undefined) return;
  const why = facts.offline
    ? "TODO_CHATBOT_OFFLINE forbids to download releases"
    : "the makers' releases can't be reached from here";
  throw new UserError(
    `${what}, and ${why}. ${facts.sandboxProblem}`,
    `Install what is missing yourself (${pages()}), and run this again.`,
  );
}
