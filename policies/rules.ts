import { capacity } from "./capacity";
import { hiddenInPlain, unencrypted } from "./plain-secrets";
import { type Policy, type PolicyResource, UNKNOWN } from "./policy";
import { autoscalerMinimum, type Container, minimumOf, podsOf } from "./workload-pods";

/** Runs a check for each container of a resource. */
function eachContainer(
  resource: PolicyResource,
  check: (container: Container) => string | undefined,
  which: "containers" | "mainContainers" = "containers",
): string[] {
  return (podsOf(resource)?.[which] ?? []).flatMap((container) => {
    const found = check(container);
    return found === undefined ? [] : [`container ${container.name}: ${found}`];
  });
}

function tooFew(what: string, count: unknown): string[] {
  return typeof count !== "number" || count >= 2 ? [] : [`${what} ${count}`];
}

/** All policies. They follow the data models and Kubernetes' recommendations. */
export const policies: readonly Policy[] = [
  {
    name: "image-pinned",
    sentence: "An image has a tag other than latest, or a digest.",
    check: (resource) =>
      eachContainer(resource, ({ image }) => {
        if (image === UNKNOWN) return undefined;
        if (typeof image !== "string" || image === "") return "no image";
        const [, tag] = /:([^:/@]+)$/.exec(image) ?? [];
        const pinned = image.includes("@sha256:") || (tag !== undefined && tag !== "latest");
        return pinned ? undefined : `image ${image}`;
      }),
  },
  {
    name: "resources-set",
    sentence: "A container has requests and limits of CPU and memory.",
    check: (resource) =>
      eachContainer(resource, ({ resources }) => {
        const missing = (["requests", "limits"] as const).flatMap((part) =>
          ["cpu", "memory"]
            .filter((unit) => resources?.[part]?.[unit] === undefined)
            .map((unit) => `${part}.${unit}`),
        );
        return missing.length === 0 ? undefined : `no ${missing.join(", ")}`;
      }),
  },
  {
    name: "probes-set",
    sentence: "A container of a pod that stays has a readiness and a liveness probe.",
    check: (resource) =>
      podsOf(resource)?.lasting === true
        ? eachContainer(
            resource,
            (container) => {
              const missing = (["readinessProbe", "livenessProbe"] as const).filter(
                (probe) => container[probe] === undefined,
              );
              return missing.length === 0 ? undefined : `no ${missing.join(", no ")}`;
            },
            "mainContainers",
          )
        : [],
  },
  {
    name: "non-root",
    sentence: "A container runs as a user other than root, and can't become root.",
    check: (resource) => {
      const pod = podsOf(resource)?.spec.securityContext;
      return eachContainer(resource, ({ securityContext: container }) => {
        const user = container?.runAsUser ?? pod?.runAsUser;
        if (user === 0) return "runAsUser 0";
        if ((container?.runAsNonRoot ?? pod?.runAsNonRoot) !== true)
          return "runAsNonRoot isn't true";
        if (container?.privileged === true) return "privileged";
        return container?.allowPrivilegeEscalation === false
          ? undefined
          : "allowPrivilegeEscalation isn't false";
      });
    },
  },
  {
    name: "no-capabilities",
    sentence: "A container has dropped all capabilities.",
    check: (resource) =>
      eachContainer(resource, ({ securityContext }) => {
        const { drop = [], add = [] } = securityContext?.capabilities ?? {};
        if (!drop.includes("ALL")) return "capabilities.drop has no ALL";
        return add.length === 0 ? undefined : `capabilities.add ${add.join(", ")}`;
      }),
  },
  {
    name: "read-only-root",
    sentence: "A container can't write to its root file system.",
    check: (resource) =>
      eachContainer(resource, ({ securityContext }) =>
        securityContext?.readOnlyRootFilesystem === true
          ? undefined
          : "readOnlyRootFilesystem isn't true",
      ),
  },
  {
    name: "labels-set",
    sentence: "A pod has the labels app, component and version, and an object app.",
    check: (resource) => {
      if (!resource.type.startsWith("kubernetes:") || resource.type.includes("helm.sh")) return [];
      const { metadata } = resource.inputs as { metadata?: { labels?: Record<string, string> } };
      const missing = metadata?.labels?.app === undefined ? ["label app"] : [];
      const pods = podsOf(resource);
      const ofPods = ["app", "component", "version"]
        .filter((label) => pods !== undefined && pods.labels[label] === undefined)
        .map((label) => `label ${label} of its pods`);
      return [...missing, ...ofPods].map((label) => `no ${label}`);
    },
  },
  {
    name: "two-replicas",
    sentence: "In production a Deployment has two replicas or more, and an autoscaler leaves two.",
    check: (resource, context) => {
      if (context.settings.environment !== "production") return [];
      const own = minimumOf(resource);
      if (own !== undefined) return tooFew("minReplicas", own);
      const kind = podsOf(resource)?.kind;
      if (kind !== "Deployment" && kind !== "ReplicaSet" && kind !== "ReplicationController") {
        return [];
      }
      const minimum = autoscalerMinimum(resource, context);
      return minimum === undefined
        ? tooFew("replicas", podsOf(resource)?.replicas ?? 1)
        : tooFew("autoscaling.minReplicas", minimum);
    },
  },
  {
    name: "no-literal-secret",
    sentence:
      "No password, key or token is in plain text in a ConfigMap, a container's environment or command, an image's build arguments or a release's values.",
    check: hiddenInPlain,
  },
  {
    name: "secret-encrypted",
    sentence:
      "The contents of a Secret are secrets of Pulumi too, so that its state encrypts them.",
    check: unencrypted,
  },
  {
    name: "fits-node",
    sentence: "What all pods request, and one pod more of each rollout, fits into the cluster.",
    check: capacity,
  },
];
