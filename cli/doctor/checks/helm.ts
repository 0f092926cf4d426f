import type { Finding } from "../finding";

/** One revision of a Helm release, out of the labels of the Secret that holds it. */
export interface Revision {
  namespace: string;
  release: string;
  status: string;
  revision: number;
}

/** Arguments for kubectl that print the revisions without their contents. */
export const revisionArguments = [
  "get",
  "secrets",
  "-A",
  "-l",
  "owner=helm",
  "--no-headers",
  "-o",
  "custom-columns=NS:.metadata.namespace,NAME:.metadata.labels.name,STATUS:.metadata.labels.status,REVISION:.metadata.labels.version",
] as const;

/** Revisions out of what {@link revisionArguments} print. */
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

/** Whether the stack's release is stuck in an operation that was interrupted, and what mends it. */
export function helmFinding(
  revisions: readonly Revision[],
  { namespace, release, context }: { namespace: string; release: string; context: string },
): Finding {
  const ours = revisions
    .filter((revision) => revision.namespace === namespace && revision.release === release)
    .sort((a, b) => b.revision - a.revision);
  const [latest] = ours;
  const name = `${namespace}/${release}`;
  if (latest === undefined) {
    return { check: "Helm release", state: "ok", found: `${name} isn't deployed yet.` };
  }
  if (!latest.status.startsWith("pending-")) {
    return {
      check: "Helm release",
      state: latest.status === "deployed" ? "ok" : "note",
      found: `${name} is ${latest.status}, revision ${latest.revision}.`,
    };
  }
  const helm = `helm --kube-context ${context} -n ${namespace}`;
  const good = ours.find(({ status }) => status === "deployed" || status === "superseded");
  return {
    check: "Helm release",
    state: "mend",
    found: `${name} is stuck: revision ${latest.revision} is ${latest.status} (an operation was interrupted).`,
    fix:
      good === undefined
        ? `\`${helm} uninstall ${release}\`, then \`npm run up -- --refresh\``
        : `\`${helm} rollback ${release} ${good.revision}\`, then \`npm run up\``,
  };
}
