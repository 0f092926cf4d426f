import { join } from "node:path";
import { directories } from "../../lib/paths";

/** The folder of the tools, for PATH. */
export function binDirectory(): string {
  return join(directories().cache, "bin");
}

/** The log file of one kind of command, such as `go-minikube`. Each run replaces it. */
export function logFile(name: string): string {
  return join(directories().cache, "logs", `${name}.log`);
}

/** The path of a file in `offline/`. */
export function offlineDirectory(...parts: string[]): string {
  return join(__dirname, "..", ...parts);
}
