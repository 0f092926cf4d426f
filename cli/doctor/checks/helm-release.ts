import type { ClusterTarget } from "../../../lib/kubernetes/target";
import type { Finding } from "../finding";

/** One revision of a Helm release, from the labels of the Secret that stores it. */
export interface Revision {
  namespace: string;
  release: string;
  /** Helm's status, such as `deployed` or `pending-upgrade`. */
  status: string;
  revision: number;
}

/** Returns kubectl's arguments that print the revisions of a namespace's releases without their contents. */
export function revisionArguments(namespace: string): string[] {
  return [
    ...["get", "secrets", "-n", namespace, "-l", "owner=helm", "--no-headers", "-o"],
    "custom-columns=NS:.metadata.namespace,NAME:.metadata.labels.name,STATUS:.metadata.labels.status,REVISION:.metadata.labels.version",
  ];
}

/** Parses what kubectl prints with {@link revisionArguments}. */
export function readRevisions(output: string): Revision[] {
  return output
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .flatMap(([namespace, release, status, revision]) =>
      namespace && release && status && revision
        ? [{ namespace, release, status, revision: Number(revision) }]
        : [],
    );
}

/** The release of the stack. */
export interface ReleaseToCheck {
  namespace: string;
  release: string;
  target: Pick<ClusterTarget, "helm">;
}

/** Checks whether the stack's release is stuck in an operation that was interrupted. */
export function helmReleaseFinding(
  revisions: readonly Revision[],
  { namespace, release, target }: ReleaseToCheck,
): Finding {
  const ours = revisions
    .filter((revision) => revision.namespace === namespace && revision.release === release)
    .sort((a, b) => b.revision - a.revision);
  const [latest] = ours;
  const name = `${namespace}/${release}`;
  if (latest === undefined) {
    return { check: "Helm release", state: "ok", found: `${name} isn't deployed yet.` };
  }
  if (latest.status === "uninstalled" || latest.status === "uninstalling") {
    // Kept by `helm uninstall --keep-history`, or interrupted: helm upgrades neither.
    return {
      check: "Helm release",
      state: "fix",
      found: `${name} is ${latest.status}, revision ${latest.revision}: helm can't upgrade it.`,
      hint: `\`${target.helm(`-n ${namespace} uninstall ${release}`)}\`, then \`npm run up -- --refresh\``,
    };
  }
  if (!latest.status.startsWith("pending-")) {
    return {
      check: "Helm release",
      state: latest.status === "deployed" ? "ok" : "note",
      found: `${name} is ${latest.status}, revision ${latest.revision}.`,
    };
  }
  const good = ours.find(({ status }) => status === "deployed" || status === "superseded");
  const uninstall = target.helm(`-n ${namespace} uninstall ${release}`);
  return {
    check: "Helm release",
    state: "fix",
    found: `${name} is stuck: revision ${latest.revision} is ${latest.status} (an operation was interrupted).`,
    hint:
      good === undefined
        ? `\`${uninstall}\`, then \`npm run up -- --refresh\``
        : `\`${target.helm(`-n ${namespace} rollback ${release} ${good.revision}`)}\`, then \`npm run up\``,
  };
}
