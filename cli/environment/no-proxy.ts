import {
  minikubeHome,
  minikubeProfileNames,
  readMinikubeProfile,
} from "../../lib/minikube/profile";
import { nonEmpty } from "../../lib/paths";

/** This machine. Node.js programs, such as Pulumi's, would ask the proxy for it. */
const loopback = ["localhost", "127.0.0.1", "::1"];

/** Networks of clusters that don't exist yet: those that Minikube's handbook names for its drivers, and for Services. */
const minikubeNetworks = [
  "192.168.49.0/24",
  "192.168.58.0/24",
  "192.168.39.0/24",
  "192.168.59.0/24",
  "192.168.105.0/24",
  "10.96.0.0/12",
];

/** Whether programs send requests through a proxy. */
export function usesProxy(env: NodeJS.ProcessEnv): boolean {
  return Object.entries(env).some(
    ([name, value]) => /^(https?|all|grpc)_proxy$/i.test(name) && nonEmpty(value) !== undefined,
  );
}

/** Returns the addresses of all Minikube nodes on this machine. */
export function minikubeAddresses(env: NodeJS.ProcessEnv, home: string): string[] {
  const folder = minikubeHome(env, home);
  return minikubeProfileNames(folder).flatMap((name) => {
    try {
      return readMinikubeProfile(name, folder)?.nodeAddress ?? [];
    } catch {
      // A damaged profile is reported where it is used.
      return [];
    }
  });
}

/**
 * Returns NO_PROXY and no_proxy with this machine and its clusters, where a proxy is set: no proxy reaches
 * them. Programs differ in which of the two they read. What the user excludes stays excluded.
 */
export function noProxyVariables(
  env: NodeJS.ProcessEnv,
  addresses: readonly string[],
): Record<string, string> {
  if (!usesProxy(env)) return {};
  const named = [env.NO_PROXY, env.no_proxy].flatMap((list) => (list ?? "").split(","));
  const users = named.map((entry) => entry.trim()).filter((entry) => entry !== "");
  const all = users.includes("*")
    ? ["*"]
    : [...users, ...loopback, ...addresses, ...minikubeNetworks];
  const value = [...new Set(all)].join(",");
  const names = ["NO_PROXY", "no_proxy"].filter((name) => env[name] !== value);
  return Object.fromEntries(names.map((name) => [name, value]));
}
