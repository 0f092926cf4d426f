import { UserError } from "../../lib/errors";
import {
  assertAllowed,
  authorityOf,
  type KubeContext,
  readContext,
} from "../../lib/kubernetes/kubeconfig";
import { ClusterTarget } from "../../lib/kubernetes/target";
import { leadsToProfile } from "../../lib/minikube/own-profile";
import {
  minikubeProfileNames,
  publishedPorts,
  readMinikubeProfile,
} from "../../lib/minikube/profile";
import type { Settings } from "../../settings";
import { builderPlatform } from "./builder-platform";
import { chooseDelivery, type Delivery } from "./delivery";
import { type DockerEndpoint, hostDockerEndpoint } from "./host-docker-endpoint";
import { nodeDockerEndpoint } from "./node-docker-endpoint";
import { systemUid } from "./system-uid";

/** What the program needs to know about a Minikube profile. */
export interface ProfileFacts {
  name: string;
  /** Minikube's driver, such as `docker`; `none` runs Kubernetes on this machine itself. */
  driver: string;
  containerRuntime: string;
  /** Number of nodes. */
  nodes: number;
  /** Address of the control plane's node; undefined before its first start. */
  nodeAddress: string | undefined;
  /** NodePorts that the profile publishes on this machine's loopback. */
  publishedPorts: readonly number[];
}

/** What the program needs to know about the cluster before it registers any resource. */
export interface ClusterFacts {
  context: KubeContext;
  /** UID of kube-system; undefined where it can't be read, or isn't asked for. */
  uid?: string;
  /** Whether the context leads to the Minikube profile of its name. @default false */
  ownProfile?: boolean;
  /** Fingerprint of the certificate authority; undefined where the kubeconfig names none. */
  authority?: string;
  /** The Minikube profile; undefined for another kind of cluster. */
  profile?: ProfileFacts;
  delivery: Delivery;
  /** The docker daemon that builds the images; undefined: this machine's, at its usual address. */
  builder?: DockerEndpoint;
  /** `os/arch` of the engine that builds; undefined where the settings name one, or it can't be asked. */
  platform?: string;
}

/**
 * Reads the kubeconfig and Minikube's profile.
 *
 * @throws UserError where there is no such context or it isn't allowed, Minikube isn't running, or images
 *   can't get into the cluster.
 */
export function discoverCluster(
  settings: Pick<Settings, "context" | "kubeconfig" | "allowedContexts" | "images">,
): ClusterFacts {
  const target = new ClusterTarget(settings);
  const paths = target.kubeconfigPaths;
  const context = readContext(settings.context, paths);
  assertAllowed(context, settings.allowedContexts);
  const profile = context.minikube ? readProfile(context.name) : undefined;
  const delivery = chooseDelivery(settings.images, context, profile);
  const builder =
    delivery === "minikube-daemon" ? nodeDockerEndpoint(target) : hostDockerEndpoint();
  const platform =
    settings.images.platform === undefined
      ? builderPlatform({ delivery, profile, builder })
      : undefined;
  const uid = systemUid(target);
  const authority = authorityOf(context.name, paths);
  const ownProfile =
    context.minikube && leadsToProfile(context.name, paths, readMinikubeProfile(context.name));
  return {
    context,
    ...(uid !== undefined && { uid }),
    ...(authority !== undefined && { authority }),
    ...(ownProfile && { ownProfile }),
    profile,
    delivery,
    builder,
    ...(platform !== undefined && { platform }),
  };
}

/**
 * Reads the facts of a Minikube profile.
 *
 * @throws UserError where there is no such profile.
 */
export function readProfile(name: string): ProfileFacts {
  const profile = readMinikubeProfile(name);
  if (profile === undefined) {
    const names = minikubeProfileNames().join(", ") || "none";
    throw new UserError(
      `The kubeconfig's context "${name}" is a Minikube's, but there is no such profile (found: ${names}).`,
      "`npm run up` creates it.",
    );
  }
  const { driver, containerRuntime, nodes, nodeAddress, exposedPorts } = profile;
  const ports = publishedPorts(exposedPorts);
  return { name, driver, containerRuntime, nodes, nodeAddress, publishedPorts: ports };
}
