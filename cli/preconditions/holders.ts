import type { Kubectl } from "../../lib/kubernetes/kubectl";
import { listableKinds } from "../destroy/leftovers";

/**
 * Returns the objects whose finalizers keep a namespace from ending, such as
 * `configmap/held (finalizer example.com/hold)`, and an API that doesn't answer, which does so too.
 */
export async function namespaceHolders(
  kubectl: Pick<Kubectl, "run">,
  namespace: string,
): Promise<string[]> {
  const columns = "{range .items[*]}{.kind}/{.metadata.name} {.metadata.finalizers[*]}{'\\n'}{end}";
  const conditions =
    "{range .status.conditions[?(@.type=='NamespaceDeletionDiscoveryFailure')]}{.status} {.message}{end}";
  const [objects, discovery] = await Promise.all([
    listableKinds(kubectl, true).then((kinds) =>
      kubectl.run(["get", kinds, "-n", namespace, "-o", `jsonpath=${columns}`]),
    ),
    kubectl.run(["get", "namespace", namespace, "-o", `jsonpath=${conditions}`]),
  ]);
  const failed = /^True (.*)/s.exec(discovery.stdout);
  return [
    ...readHolders(objects.stdout),
    ...(failed === null ? [] : [`an API that doesn't answer (${failed[1]?.trim() ?? ""})`]),
  ];
}

/** Returns who holds a namespace that can't end, in words. */
export function heldBy(holders: readonly string[]): string {
  if (holders.length === 0) return "";
  const [first = "", second = "", ...others] = holders;
  const rest = others.length === 0 ? "" : ` and ${others.length} more`;
  return `, and held by ${second === "" ? first : `${first}, ${second}`}${rest}`;
}

/** Says that a namespace is being deleted, since when, and what holds it; undefined where it isn't. */
export async function whyNotEnded(
  kubectl: Pick<Kubectl, "run">,
  namespace: string,
): Promise<string | undefined> {
  const { code, stdout } = await kubectl.run([
    ...["get", "namespace", namespace, "--ignore-not-found"],
    ...["-o", "jsonpath={.metadata.deletionTimestamp}"],
  ]);
  const since = stdout.trim();
  if (code !== 0 || since === "") return undefined;
  const holders = await namespaceHolders(kubectl, namespace);
  return `"${namespace}" is being deleted, since ${since}${heldBy(holders)}.`;
}

/** Parses lines of kind, name and finalizers; an object without a finalizer holds nothing. */
export function readHolders(output: string): string[] {
  return output.split("\n").flatMap((line) => {
    const [object = "", ...finalizers] = line.trim().split(/\s+/);
    const [kind = "", name = ""] = object.split("/");
    if (finalizers.length === 0) return [];
    return [
      `${kind.toLowerCase()}/${name} (finalizer${finalizers.length === 1 ? "" : "s"} ${finalizers.join(", ")})`,
    ];
  });
}
