import { homedir } from "node:os";
import { join } from "node:path";

/** The folder of everything that the sandbox makes and may make again: safe to delete. */
export function cacheDirectory(): string {
  const base = process.env.XDG_CACHE_HOME;
  return join(base === undefined || base === "" ? join(homedir(), ".cache") : base, "todo-chatbot");
}

/** The folder of the programs, to be put first on PATH. */
export function binDirectory(): string {
  return join(cacheDirectory(), "bin");
}

/** The log of one kind of work, such as `go-minikube`; each run of it starts the file anew. */
export function logFile(name: string): string {
  return join(cacheDirectory(), "logs", `${name}.log`);
}

/** The folder of this source file's project part: `offline/`. */
export function offlineDirectory(...parts: string[]): string {
  return join(__dirname, "..", ...parts);
}

/** Where Minikube keeps its profiles and what it has downloaded, by Minikube's own rule. */
export function minikubeHome(): string {
  const home = process.env.MINIKUBE_HOME;
  if (home === undefined || home === "") return join(homedir(), ".minikube");
  return home.endsWith(".minikube") ? home : join(home, ".minikube");
}
