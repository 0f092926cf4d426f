import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/**
 * The security settings of every pod: Kubernetes' 'restricted' Pod Security standard. They are fixed here
 * and not settings, because no pod needs less.
 *
 * @param runAsUser user and group that the pod runs as, and group of its volumes.
 */
export function podSecurity(
  runAsUser: pulumi.Input<number>,
): Pick<
  kubernetes.types.input.core.v1.PodSpec,
  "automountServiceAccountToken" | "enableServiceLinks" | "securityContext"
> {
  return {
    automountServiceAccountToken: false,
    // Service links would add variables such as TODO_BACKEND_PORT, easily mistaken for settings.
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser,
      runAsGroup: runAsUser,
      fsGroup: runAsUser,
      seccompProfile: { type: "RuntimeDefault" },
    },
  };
}

/** The security settings of every container: no privileges, and a read-only root file system. */
export const containerSecurity = {
  // The last lines of a crash become the pod's termination message, which a failed rollout then shows.
  terminationMessagePolicy: "FallbackToLogsOnError",
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
  },
};

/**
 * Refuses root, which the 'restricted' standard doesn't allow.
 *
 * @throws Error that names the component and the field.
 */
export function assertNonRoot(component: string, runAsUser: number): void {
  if (runAsUser > 0) return;
  throw new Error(
    `${component}: runAsUser is ${runAsUser}; expected 1 or more, because pods may not run as root.`,
  );
}
