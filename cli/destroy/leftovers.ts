import { UserError } from "../../lib/errors";
import type { Kubectl } from "../../lib/kubernetes/kubectl";
import type { RunResult } from "../../lib/process/run";
import { databaseClaimName, databaseInCluster, type Settings } from "../../settings";

/** An object or image that is still in the cluster after a destroy. */
export interface Leftover {
  /** As kubectl names it, such as `persistentvolume`; `image` for an image. */
  kind: string;
  name: string;
}

/** The settings by which the objects of a stack are found. */
export type StackObjects = Pick<
  Settings,
  "namespace" | "namespaceCreate" | "labels" | "chart" | "postgres" | "environment" | "databaseUrl"
>;

/**
 * Returns what is left of a stack in the cluster's API: its namespace with everything in it, or, where the
 * namespace is others' too, what has the stack's labels, and the database's claim; its persistent volumes; and cluster-wide objects with
 * the stack's labels. What the kubeconfig's user may not list is left out.
 */
export async function leftInCluster(
  kubectl: Pick<Kubectl, "run">,
  settings: StackObjects,
): Promise<Leftover[]> {
  const { namespace, namespaceCreate, labels, chart } = settings;
  const ofRelease = { ...labels, "app.kubernetes.io/instance": chart.releaseName };
  const [inNamespace, volumes, clusterWide] = await Promise.all([
    namespaceCreate
      ? namespaceContents(kubectl, namespace)
      : Promise.all([labelled(kubectl, ofRelease, namespace), claimOf(kubectl, settings)]).then(
          (found) => found.flat(),
        ),
    namespaceCreate ? volumesOf(kubectl, namespace) : [],
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
  kubectl: Pick<Kubectl, "run">,
  namespace: string,
): Promise<Leftover[]> {
  const found = await kubectl.run([
    ...["get", "namespace", namespace],
    ...["--ignore-not-found", "-o", "name"],
  ]);
  if (found.stdout.trim() === "") return failed(found);
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

/**
 * Returns no leftovers for an answer of kubectl: the user may not read these objects.
 *
 * @throws UserError where kubectl failed for another reason.
 */
function failed({ code, stderr }: Pick<RunResult, "code" | "stderr">): [] {
  if (code === 0 || stderr.includes("(Forbidden)")) return [];
  throw new UserError(
    `Whether anything is left can't be seen: ${stderr.trim()}`,
    "`npm run doctor` says what is wrong with the cluster.",
  );
}

async function volumesOf(kubectl: Pick<Kubectl, "run">, namespace: string): Promise<Leftover[]> {
  const found = await kubectl.run(["get", "persistentvolumes", "-o", "json"]);
  if (found.code !== 0) return failed(found);
  const { items } = JSON.parse(found.stdout) as {
    items: { metadata: { name: string }; spec: { claimRef?: { namespace?: string } } }[];
  };
  return items
    .filter(({ spec }) => spec.claimRef?.namespace === namespace)
    .map(({ metadata }) => ({ kind: "persistentvolume", name: metadata.name }));
}

/** Looks for the database's claim by its name: it doesn't have the release's label. */
async function claimOf(kubectl: Pick<Kubectl, "run">, settings: StackObjects): Promise<Leftover[]> {
  if (!databaseInCluster(settings)) return [];
  const found = await kubectl.run([
    ...["get", "persistentvolumeclaim", databaseClaimName(settings.postgres.name)],
    ...["-n", settings.namespace, "--ignore-not-found", "-o", "name"],
  ]);
  return found.code === 0 ? parseNames(found.stdout) : failed(found);
}

async function labelled(
  kubectl: Pick<Kubectl, "run">,
  labels: Readonly<Record<string, string>>,
  namespace?: string,
): Promise<Leftover[]> {
  const selector = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  if (selector.length === 0) return [];
  const kinds = await listableKinds(kubectl, namespace !== undefined);
  const found = await kubectl.run([
    ...["get", kinds, "-l", selector.join(","), "-o", "name"],
    ...(namespace === undefined ? [] : ["-n", namespace]),
  ]);
  return parseNames(found.stdout).filter(({ kind }) => kind !== "namespace");
}

/** Returns every kind that can be listed, as one argument of `kubectl get`. */
export async function listableKinds(
  kubectl: Pick<Kubectl, "run">,
  namespaced: boolean,
): Promise<string> {
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
