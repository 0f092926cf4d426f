import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import type { Registered } from "../../cli/preview/registered-resource";
import { Cluster, clusterArgs, type ClusterFacts } from "../../components/cluster";
import { deploy, type Deployed, type DeployOptions, type Resources } from "./deploy";
import { dockerMinikube } from "./fixtures";

/** Creates a component as index.ts does: with the providers of a cluster. */
export function deployComponent<T>(
  make: (inCluster: pulumi.ComponentResourceOptions) => T,
  options: DeployOptions & { facts?: ClusterFacts } = {},
): Promise<Deployed<T>> {
  return deploy(() => {
    const facts = options.facts ?? dockerMinikube;
    const cluster = new Cluster("cluster", clusterArgs({ kubeconfig: "" }, facts));
    return make({ providers: [cluster.kubernetes, cluster.docker] });
  }, options);
}

/** Which of the cluster's providers a package's resources must have; none: the package's default. */
const providerOf: Readonly<Record<string, string>> = {
  kubernetes: "cluster-kubernetes",
  docker: "cluster-docker",
};

/** What each component registers as its outputs. */
const outputs: Readonly<Record<string, readonly string[]>> = {
  "todo-chatbot:app:ConfigMap": ["name"],
  "todo-chatbot:app:Namespace": ["name"],
  "todo-chatbot:app:Secret": ["name"],
  "todo-chatbot:app:SecretValues": ["names"],
  "todo-chatbot:app:WebService": ["nodePort"],
  "todo-chatbot:chart:Release": ["name"],
  "todo-chatbot:cluster:Cluster": ["context", "delivery"],
  "todo-chatbot:database:Postgres": ["url"],
  "todo-chatbot:image:AppImage": ["reference", "tag"],
};

/**
 * Asserts that a component registered its outputs. The SDK itself registers none for one that forgets it,
 * so it is their names that tell.
 */
export function assertOutputs(component: Registered): void {
  const found = Object.keys(component.outputs ?? {});
  // A Service without a NodePort has none to register, and a database that doesn't run no URL.
  const mayHaveNone = ["todo-chatbot:app:WebService", "todo-chatbot:database:Postgres"];
  if (found.length === 0 && mayHaveNone.includes(component.type)) return;
  assert.deepEqual(found, outputs[component.type], component.name);
}

/**
 * Asserts what holds for every component: its own type token, its children parented to it, the provider handed on to them, and outputs registered at the end.
 *
 * @param children `type name` of each child.
 */
export function assertComponent(
  resources: Resources,
  type: string,
  name: string,
  children: readonly string[],
): Registered {
  assert.match(type, /^todo-chatbot:[a-z]+:[A-Z]\w+$/);
  const component = resources.one(type, name);
  assert.equal(component.custom, false);
  assert.equal(component.parent, "");
  assertOutputs(component);
  const found = resources.childrenOf(component);
  assert.deepEqual(
    found.map((child) => `${child.type} ${child.name}`).sort(),
    [...children].sort(),
  );
  for (const child of found) {
    assert.ok(child.urn.includes(`::${type}$${child.type}::`), child.urn);
    const provider = providerOf[child.type.split(":")[0] ?? ""];
    const [urn = ""] = child.provider.split(/::[^:]*$/);
    assert.equal(urn.split("::").at(-1), provider ?? "", `provider of ${child.name}`);
  }
  return component;
}
