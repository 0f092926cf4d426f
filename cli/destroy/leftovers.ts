import type { Kubectl } from "../../lib/kubernetes/kubectl";
import type { Settings } from "../../settings";

/** An object or image that is still in the cluster after a destroy. */
export interface Leftover {
  /** As kubectl names it, such as `persistentvolume`; `image` for an image. */
  kind: string;
  name: string;
}

/**
 * Returns what is left of a stack in the cluster's API: everything in its namespace if that still exists, its
 * persistent volumes, and cluster-wide objects with the stack's labels.
 */
export async function leftInCluster(
  kubectl: Pick<Kubectl, "text" | "run" | "json">,
  { namespace, labels }: Pick<Settings, "namespace" | "labels">,
): Promise<Leftover[]> {
  const [inNamespace, volumes, clusterWide] = await Promise.all([
    namespaceContents(kubectl, namespace),
    volumesOf(kubectl, namespace),
    labelled(kubectl, labels),
  ]);
  return [...inNamespace, ...volumes, ...clusterWide];
}

/** Objects that the cluster itself creates in every namespace, and those that only report on others. */
const createdByCluster = [
  /^configmap\/kube-root-ca\.crt$/,
  /^serviceaccount\/default$/,
  /^event(\.events\.k8s\.io)?\//,
  /^podmetrics/,
];

async function namespaceContents(
  kubectl: Pick<Kubectl, "text" | "run">,
  namespace: string,
): Promise<Leftover[]> {
  const found = await kubectl.text([
    "get",
    "namespace",
    namespace,
    "--ignore-not-found",
    "-o",
    "name",
  ]);
  if (found.trim() === "") return [];
  const kinds = await listableKinds(kubectl, true);
  const contents = await kubectl.run(["get", kinds, "-n", namespace, "-o", "name"]);
  return [
    { kind: "namespace", name: namespace },
    ...parseNames(contents.stdout).map(({ kind, name }) => ({
      kind,
      name: `${namespace}/${name}`,
    })),
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
  return parseNames(found.stdout).filter(({ kind }) => kind !== "namespace");
}

/** Returns every kind that can be listed, as one argument of `kubectl get`. */
export async function listableKinds(kubectl: Pick<Kubectl, "run">, namespaced: boolean): Promise<string> {
  // Exits with 1 where an aggregated API doesn't answer, and still prints the kinds of the others.
  const result = await kubectl.run([
    "api-resources",
    "--verbs=list",
    `--namespaced=${namespaced}`,
    "-o",
    "name",
  ]);
  return result.stdout.trim().split(/\s+/).join(",");
}

/** Parses the output of `kubectl get … -o name`, and leaves out what the cluster itself creates. */
export function parseNames(output: string): Leftover[] {
  return output
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.includes("/"))
    .filter((line) => !createdByCluster.some((pattern) => pattern.test(line)))
    .map((line) => {
      const slash = line.indexOf("/");
      return { kind: line.slice(0, slash), name: line.slice(slash + 1) };
    });
}
