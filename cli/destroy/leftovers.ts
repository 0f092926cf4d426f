import type { Settings } from "../../settings";
import type { Kubectl } from "../../lib/kubernetes/kubectl";

/** Something that is still in the cluster after a destroy. */
export interface Leftover {
  kind: string;
  name: string;
}

/**
 * What is left of a stack in the cluster's API: everything in its namespace if that is still there, the
 * volumes that belonged to it, and objects outside of namespaces with the stack's labels.
 */
export async function leftInCluster(
  kubectl: Pick<Kubectl, "text" | "run" | "json">,
  { namespace, labels }: Pick<Settings, "namespace" | "labels">,
): Promise<Leftover[]> {
  const [inNamespace, volumes, outside] = await Promise.all([
    namespaceContents(kubectl, namespace),
    volumesOf(kubectl, namespace),
    labelled(kubectl, labels),
  ]);
  return [...inNamespace, ...volumes, ...outside];
}

/** What every namespace holds by itself, and what only reports about others. */
const ofTheClusterItself = [
  /^configmap\/kube-root-ca\.crt$/,
  /^serviceaccount\/default$/,
  /^event(\.events\.k8s\.io)?\//,
  /^podmetrics/,
];

async function namespaceContents(
  kubectl: Pick<Kubectl, "text" | "run">,
  namespace: string,
): Promise<Leftover[]> {
  const there = await kubectl.text([
    "get",
    "namespace",
    namespace,
    "--ignore-not-found",
    "-o",
    "name",
  ]);
  if (there.trim() === "") return [];
  const kinds = await listableKinds(kubectl, true);
  const found = await kubectl.run(["get", kinds, "-n", namespace, "-o", "name"]);
  return [
    { kind: "namespace", name: namespace },
    ...names(found.stdout).map(({ kind, name }) => ({ kind, name: `${namespace}/${name}` })),
  ];
}

async function volumesOf(kubectl: Pick<Kubectl, "json">, namespace: string): Promise<Leftover[]> {
  const { items } = await kubectl.json<{
    items: { metadata: { name: string }; spec: { claimRef?: { namespace?: string } } }[];
  }>(["get", "persistentvolumes"]);
  return items
    .filter(({ spec }) => spec.claimRef?.namespace === namespace)
    .map(({ metadata }) => ({ kind: "persistentvolume", name: metadata.name }));
}

async function labelled(
  kubectl: Pick<Kubectl, "text" | "run">,
  labels: Readonly<Record<string, string>>,
): Promise<Leftover[]> {
  const selector = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  if (selector.length === 0) return [];
  const kinds = await listableKinds(kubectl, false);
  const found = await kubectl.run(["get", kinds, "-l", selector.join(","), "-o", "name"]);
  return names(found.stdout).filter(({ kind }) => kind !== "namespace");
}

/** Every kind that can be listed, in one word for `kubectl get`. */
async function listableKinds(kubectl: Pick<Kubectl, "run">, namespaced: boolean): Promise<string> {
  // Exits with 1 where one aggregated API is away, and prints the others' kinds all the same.
  const result = await kubectl.run([
    "api-resources",
    "--verbs=list",
    `--namespaced=${namespaced}`,
    "-o",
    "name",
  ]);
  return result.stdout.trim().split(/\s+/).join(",");
}

/** `kubectl get … -o name` as kinds and names, without what the cluster makes by itself. */
export function names(output: string): Leftover[] {
  return output
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.includes("/"))
    .filter((line) => !ofTheClusterItself.some((pattern) => pattern.test(line)))
    .map((line) => {
      const slash = line.indexOf("/");
      return { kind: line.slice(0, slash), name: line.slice(slash + 1) };
    });
}
