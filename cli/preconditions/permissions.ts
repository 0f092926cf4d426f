import { at } from "../../lib/pulumi/values";
import { databaseInCluster, type Settings } from "../../settings";
import type { Finding } from "../doctor/finding";

/** Something that the stack's user must be allowed to do. */
export interface Permission {
  verb: string;
  group: string;
  /** The plural, such as `deployments`. */
  resource: string;
  /** undefined: in the whole cluster. */
  namespace?: string;
  /** One object. @default any */
  name?: string;
}

/**
 * Returns what an update of the stack has to be allowed to do.
 *
 * @param namespaceExists false: only what comes before the namespace. Who creates one may get their rights in
 *   it by that alone.
 */
export function neededPermissions(settings: Settings, namespaceExists: boolean): Permission[] {
  const { namespace, namespaceCreate } = settings;
  const create = (group: string, ...resources: string[]): Permission[] =>
    resources.map((resource) => ({ verb: "create", group, resource, namespace }));
  const watch = (group: string, resource: string): Permission[] =>
    ["list", "watch"].map((verb) => ({ verb, group, resource, namespace }));
  const autoscales = settings.backend.autoscaling.enabled || settings.frontend.autoscaling.enabled;
  const enabled = (path: string) => at(settings.chart.values, path) === true;
  const ofNamespace: Permission = namespaceCreate
    ? { verb: "create", group: "", resource: "namespaces" }
    : { verb: "get", group: "", resource: "namespaces", namespace, name: namespace };
  if (!namespaceExists) return [ofNamespace];
  return [
    ofNamespace,
    ...create("", "configmaps", "secrets", "services", "serviceaccounts"),
    ...create("apps", "deployments", ...(databaseInCluster(settings) ? ["statefulsets"] : [])),
    // The program patches the database's claim, and destroy deletes it in a namespace that stays.
    ...(databaseInCluster(settings) ? ["get", "create", "patch", "delete"] : []).map((verb) => ({
      ...{ verb, group: "", resource: "persistentvolumeclaims", namespace },
    })),
    ...create("batch", "jobs"),
    ...(at(settings.chart.values, "networkPolicy.enabled") !== false
      ? create("networking.k8s.io", "networkpolicies")
      : []),
    ...create("policy", "poddisruptionbudgets"),
    ...(autoscales ? create("autoscaling", "horizontalpodautoscalers") : []),
    ...(enabled("ingress.enabled") ? create("networking.k8s.io", "ingresses") : []),
    ...(enabled("monitoring.serviceMonitor.enabled")
      ? create("monitoring.coreos.com", "servicemonitors")
      : []),
    // Pulumi and helm wait for the pods.
    ...watch("", "pods"),
    ...watch("apps", "replicasets"),
  ];
}

/** Returns the questions to the API server, as one object for `kubectl create -f -`. */
export function accessReviews(permissions: readonly Permission[]): string {
  const items = permissions.map((resourceAttributes) => ({
    apiVersion: "authorization.k8s.io/v1",
    kind: "SelfSubjectAccessReview",
    spec: { resourceAttributes },
  }));
  return JSON.stringify({ apiVersion: "v1", kind: "List", items });
}

/** Arguments of kubectl that print an answer in each line: true, or nothing where it isn't allowed. */
export const reviewArguments = [
  ...["create", "--validate=false", "-f", "-"],
  ...["-o", "jsonpath={.status.allowed}{'\\n'}"],
] as const;

/** Returns the permissions that the answers deny, which come in the order of the questions. */
export function deniedPermissions(
  permissions: readonly Permission[],
  output: string,
): Permission[] {
  const answers = output.split("\n");
  return permissions.filter((_, index) => answers[index]?.trim() === "false");
}

/** Checks that the kubeconfig's user may create what the stack consists of. */
export function permissionsFinding(
  denied: readonly Permission[],
  { namespace, namespaceCreate }: Pick<Settings, "namespace" | "namespaceCreate">,
  stack: string,
): Finding {
  const check = "permissions";
  if (denied.length === 0) {
    return {
      check,
      state: "ok",
      found: "The kubeconfig's user may create everything of the stack.",
    };
  }
  const set = (text: string) => `\`npm run pulumi -- config set ${text} --stack ${stack}\``;
  const inNamespace = denied.filter((permission) => permission.namespace !== undefined);
  if (inNamespace.length === 0) {
    return {
      check,
      state: "fix",
      found: "The kubeconfig's user may not create namespaces.",
      hint: `Name one that exists and that the user may write to: ${set("namespace <name>")}, ${set("namespaceCreate false")}.`,
    };
  }
  const role = `kubectl create rolebinding todo-app --clusterrole=admin --user=<user> -n ${namespace}`;
  return {
    check,
    state: "fix",
    found: `The kubeconfig's user may not: ${denied.map(inWords).join(", ")}.`,
    hint:
      `Who administers the cluster can allow it, with the role "admin" in the namespace: \`${role}\`.` +
      (namespaceCreate
        ? ` A user who may not create namespaces needs ${set("namespaceCreate false")} too.`
        : ""),
  };
}

function inWords({ verb, group, resource, namespace, name }: Permission): string {
  const kind = group === "" ? resource : `${resource}.${group}`;
  return `${verb} ${kind}${name === undefined ? "" : ` "${name}"`}${namespace === undefined ? "" : ` in ${namespace}`}`;
}
