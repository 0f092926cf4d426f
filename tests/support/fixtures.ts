import type { ClusterFacts } from "../../components/cluster";
import { parseSettings, type Settings } from "../../settings";
import { asConfig } from "./values";

/** Settings with everything else at its default. */
export function settingsWith(settings: Readonly<Record<string, unknown>> = {}): Settings {
  return parseSettings(asConfig(settings));
}

/** Secrets as production needs them; each is found again by its word `hush`. */
export const fakeSecrets = {
  databaseUrl: "postgresql://neon:hush-database@ep-1.neon.example:6543/todo?sslmode=require",
  cohereApiKey: "hush-cohere",
  betterAuthSecret: "hush-better-auth-0123456789abcdef",
  jwtSecret: "hush-jwt-0123456789abcdef0123456",
  registryPassword: "hush-registry",
};

const profile = {
  name: "minikube",
  driver: "docker",
  containerRuntime: "docker",
  nodes: 1,
  nodeAddress: "192.168.49.2",
  publishedPorts: [30080],
};

/** A Minikube with the docker runtime that publishes the frontend's port. */
export const dockerMinikube: ClusterFacts = {
  context: { name: "minikube", server: "https://127.0.0.1:32771", minikube: true },
  ownProfile: true,
  profile,
  delivery: "minikube-daemon",
  builder: { host: "tcp://127.0.0.1:32769", certPath: "/home/me/.minikube/certs" },
};

/** One with containerd: images are built here and loaded into it. */
export const containerdMinikube: ClusterFacts = {
  ...dockerMinikube,
  profile: { ...profile, containerRuntime: "containerd", publishedPorts: [] },
  delivery: "minikube-load",
  builder: undefined,
};
