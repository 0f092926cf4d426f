import { connect } from "node:net";
import { type KubeContext, reachableHost } from "../../../lib/kubernetes/kubeconfig";
import type { ClusterTarget } from "../../../lib/kubernetes/target";
import {
  minikubeHome,
  type MinikubeProfile,
  readMinikubeProfile,
} from "../../../lib/minikube/profile";

/** The target's cluster, as far as it can be seen without any tool. */
export interface DetectedCluster {
  context: string;
  /** running: something listens at its address; stopped: a Minikube profile whose node is down. */
  state: "running" | "stopped" | "missing";
  /** The kubeconfig's entry; undefined where it has no such context. */
  entry: KubeContext | undefined;
  /** The Minikube profile of the same name, if there is one. */
  profile: MinikubeProfile | undefined;
}

/** Image of the nodes that offline mode creates, without its tag. */
const OFFLINE_NODE_IMAGE = "local/minikube-node:";

/** Whether offline mode created a profile. Profiles of others are left to them and to Minikube. */
export function isOfflineProfile(profile: Pick<MinikubeProfile, "baseImage"> | undefined): boolean {
  return profile?.baseImage.startsWith(OFFLINE_NODE_IMAGE) ?? false;
}

/** Reads the kubeconfig's entry and Minikube's profile, and checks whether the cluster's address listens. */
export async function detectCluster(
  { context, entry }: ClusterTarget,
  env: NodeJS.ProcessEnv,
  home: string,
): Promise<DetectedCluster> {
  const profile = readMinikubeProfile(context, minikubeHome(env, home));
  const listens = entry !== undefined && (await isListening(entry.server));
  if (listens) return { context, state: "running", entry, profile };
  return { context, state: profile === undefined ? "missing" : "stopped", entry, profile };
}

/** Whether a server's address accepts connections within three seconds. */
export function isListening(server: string): Promise<boolean> {
  const { port, protocol } = new URL(server);
  return new Promise((resolve) => {
    const socket = connect({
      host: reachableHost(server).replace(/^\[|\]$/g, ""),
      port: Number(port || (protocol === "http:" ? 80 : 443)),
      timeout: 3000,
    });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", () => {
      end(true);
    });
    socket.once("timeout", () => {
      end(false);
    });
    socket.once("error", () => {
      end(false);
    });
  });
}
