import type { ClusterTarget } from "../../lib/kubernetes/target";
import type { Settings } from "../../settings";
import type { Finding } from "../doctor/finding";
import { heldBy } from "./holders";

/** The parts of a Namespace that the checks read, with its managed fields. */
export interface NamespaceObject {
  metadata: {
    name: string;
    uid: string;
    creationTimestamp: string;
    deletionTimestamp?: string;
    labels?: Partial<Record<string, string>>;
    annotations?: Partial<Record<string, string>>;
    managedFields?: { manager?: string }[];
  };
}

/** What the check of the namespace looks at. */
export interface NamespaceToCheck {
  settings: Pick<Settings, "namespace" | "namespaceCreate">;
  /** The namespace in the cluster; undefined where there is none. */
  found: NamespaceObject | undefined;
  /** The objects that keep it from ending, where it is being deleted. */
  holders: readonly string[];
  /** UIDs of the namespaces that the stack has created, from its state. */
  created: readonly string[];
  target: Pick<ClusterTarget, "kubectl">;
  stack: string;
}

/** Checks that the namespace can be created, or that it exists where it has to. */
export function namespaceFinding({
  settings: { namespace, namespaceCreate },
  found,
  holders,
  created,
  target,
  stack,
}: NamespaceToCheck): Finding {
  const check = "namespace";
  const set = (text: string) => `\`npm run pulumi -- config set ${text} --stack ${stack}\``;
  if (found?.metadata.deletionTimestamp !== undefined) {
    return {
      check,
      state: "fix",
      found: `"${namespace}" is being deleted, since ${found.metadata.deletionTimestamp}${heldBy(holders)}.`,
      hint:
        holders.length === 0
          ? `Wait until \`${target.kubectl(`get namespace ${namespace}`)}\` doesn't find it, and run this again.`
          : `Start what removes these finalizers, or remove them: \`${target.kubectl(`-n ${namespace} patch ${holders[0]?.split(" ")[0] ?? ""} --type=merge -p '{"metadata":{"finalizers":null}}'`)}\`.`,
    };
  }
  if (found === undefined) {
    return namespaceCreate
      ? { check, state: "ok", found: `"${namespace}" doesn't exist yet: Pulumi creates it.` }
      : {
          check,
          state: "fix",
          found: `There is no namespace "${namespace}", and namespaceCreate is false.`,
          hint: `\`${target.kubectl(`create namespace ${namespace}`)}\`, or let Pulumi create it: ${set("namespaceCreate true")}.`,
        };
  }
  if (!namespaceCreate) {
    const own = created.includes(found.metadata.uid)
      ? " The stack has created it, and lets go of it now: destroy leaves it"
      : " It exists, and stays at destroy";
    return { check, state: "ok", found: `"${namespace}":${own}.` };
  }
  if (created.includes(found.metadata.uid)) {
    return { check, state: "ok", found: `"${namespace}" is this stack's.` };
  }
  return {
    check,
    state: "fix",
    found: `The namespace "${namespace}" exists already, and this stack didn't create it: ${origin(found)}.`,
    hint:
      `To deploy into it, and leave it at destroy: ${set("namespaceCreate false")}. ` +
      `To another one: ${set("namespace <name>")}. ` +
      `If nobody needs what is in it, such as after an update that was killed: \`${target.kubectl(`delete namespace ${namespace}`)}\`, and run this again.`,
  };
}

function origin({ metadata }: NamespaceObject): string {
  const { labels = {}, managedFields = [], creationTimestamp } = metadata;
  const instance = labels["app.kubernetes.io/instance"];
  const managedBy = labels["app.kubernetes.io/managed-by"];
  const manager = managedFields.find(({ manager: name }) => name !== undefined)?.manager;
  const by =
    managedBy === "pulumi"
      ? `another stack, or a state that was lost${instance === undefined ? "" : ` (its release: ${instance})`}`
      : (managedBy ?? manager ?? "someone");
  return `made by ${by} at ${creationTimestamp}`;
}
