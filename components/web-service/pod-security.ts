/**
 * The security settings of every pod: Kubernetes' 'restricted' Pod Security standard, and a read-only
 * root file system. Written here and not in the settings: there is no reason to run with less.
 */
export function podSecurity(ids: { runAsUser: number; runAsGroup: number; fsGroup: number }) {
  return {
    automountServiceAccountToken: false,
    // Service links would add variables such as TODO_BACKEND_PORT, easily taken for settings.
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true,
      ...ids,
      seccompProfile: { type: "RuntimeDefault" },
    },
  };
}

export const containerSecurity = {
  // The last lines of a crash become the pod's own reason, which a failed rollout then shows.
  terminationMessagePolicy: "FallbackToLogsOnError",
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
  },
};
