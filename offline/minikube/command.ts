import { attempt, type CommandOptions, type CommandResult, run } from "../core/command";
import { toolFile } from "../tools";

/** Minikube as built here, or the one on PATH where it is not built. */
function minikube(): string {
  return toolFile("minikube") ?? "minikube";
}

/** Plain words and no questions: what Minikube says goes into a log. */
const environment = {
  MINIKUBE_IN_STYLE: "false",
  MINIKUBE_WANTUPDATENOTIFICATION: "false",
  MINIKUBE_WANTREPORTERRORPROMPT: "false",
};

/** Runs Minikube; throws when it fails. */
export function runMinikube(
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  return run([minikube(), ...args], { ...options, env: { ...environment, ...options.env } });
}

/** Asks Minikube something; its exit code may carry the answer. */
export function askMinikube(args: readonly string[]): Promise<CommandResult> {
  return attempt([minikube(), ...args], { env: environment });
}

/** Runs kubectl on a profile's cluster. */
export function runKubectl(
  profile: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  return run([toolFile("kubectl") ?? "kubectl", "--context", profile, ...args], options);
}
