import type { Tool } from "../../lib/versions";
import { Kubectl } from "../../lib/kubernetes/kubectl";
import { ClusterTarget } from "../../lib/kubernetes/target";
import type { ClusterSeen } from "./detect/cluster";
import type { Directories } from "../../lib/paths";
import { additions, merged } from "./variables";
import { folderOf, type Located } from "./detect/locate-tool";
import { pathOf } from "../../lib/process/which";
import type { StackSettings } from "../stack/stack-settings";
import { UserError } from "../../lib/errors";

/** A machine on which pulumi can run. */
export interface Environment extends StackSettings {
  root: string;
  stack: string;
  directories: Directories;
  tools: Partial<Record<Tool, Located | undefined>>;
  cluster: ClusterSeen;
  /** PULUMI_HOME where it isn't the user's own. */
  pulumiHome: string | undefined;
  /** What the environment has beyond the user's. */
  added: Record<string, string>;
  /** The environment for pulumi and everything that it starts. */
  env: NodeJS.ProcessEnv;
}

/** Puts a machine together from what was found and made. */
export function environmentOf(
  parts: Omit<Environment, "added" | "env">,
  env: NodeJS.ProcessEnv = process.env,
): Environment {
  const binDirectories = Object.values<Located | undefined>(parts.tools).flatMap((tool) =>
    tool === undefined ? [] : folderOf(tool),
  );
  const added = additions(env, {
    binDirectories,
    pulumiHome: parts.pulumiHome,
    stateDirectory: parts.directories.state,
  });
  return { ...parts, added, env: merged(env, added) };
}

/** The file of a tool that must be there. */
export function toolFile(machine: Pick<Environment, "tools">, tool: Tool): string {
  const file = machine.tools[tool]?.file;
  if (file !== undefined) return file;
  throw new UserError(
    `${tool} is missing.`,
    "`npm run up` brings it; `npm run doctor` says what else is missing.",
  );
}

/** kubectl, bound to the machine's cluster. */
export function kubectlOf(machine: Pick<Environment, "tools" | "settings" | "env">): Kubectl {
  return new Kubectl(
    toolFile(machine, "kubectl"),
    new ClusterTarget(machine.settings, machine.env),
    machine.env,
  );
}

/** The machine's PATH. */
export function machinePath(machine: Environment): string {
  return pathOf(machine.env);
}
