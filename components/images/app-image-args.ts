import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../../settings";
import type { ClusterFacts } from "../cluster";
import type { AppImageArgs } from "./app-image";

/** Returns the arguments of the image of the backend or the frontend that the settings describe. */
export function appImageArgs(
  settings: Settings,
  component: "backend" | "frontend",
  { delivery, profile, builder, platform: builderPlatform }: ClusterFacts,
): AppImageArgs {
  const { nodeImage, platform, registry } = settings.images;
  const { name: imageName, args, ...source } = settings[component].image;
  const intoNode = delivery === "minikube-daemon" || delivery === "minikube-load";
  return {
    imageName,
    version: settings.version,
    ...source,
    platform,
    ...(platform === undefined && builderPlatform !== undefined && { builderPlatform }),
    buildArgs: { ...(nodeImage !== undefined && { NODE_IMAGE: nodeImage }), ...args },
    delivery,
    ...(intoNode && profile !== undefined && { minikubeProfile: profile.name }),
    ...(intoNode && settings.kubeconfig !== "" && { kubeconfig: settings.kubeconfig }),
    ...(delivery === "minikube-load" && builder !== undefined && { builder }),
    // Another delivery ignores the registry.
    ...(delivery === "registry" &&
      registry !== undefined && {
        registry: { ...registry, password: pulumi.secret(settings.registryPassword) },
      }),
  };
}
