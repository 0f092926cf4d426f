import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import { Cluster, type ClusterFacts } from "../../../components/cluster";
import { deploy, type Deployed, type DeployOptions, type Resources } from "./deploy";
import { dockerMinikube } from "./fixtures";
import type { Registered } from "./registered";

/** Makes a component as index.ts does: with the providers of a cluster. */
export function deployComponent<T>(
  make: (inCluster: pulumi.ComponentResourceOptions) => T,
  options: DeployOptions & { facts?: ClusterFacts } = {},
): Promise<Deployed<T>> {
  return deploy(() => {
    const facts = options.facts ?? dockerMinikube;
    const cluster = new Cluster("cluster", { facts, kubeconfig: "" });
    return make({ providers: [cluster.kubernetes, cluster.docker] });
  }, options);
}

/** Which of the cluster's providers a package's resources must have; none: the package's default. */
const providerOf: Readonly<Record<string, string>> = {
  kubernetes: "cluster-kubernetes",
  docker: "cluster-docker",
};

/**
 * Asserts what holds for every component: its own type token, its children parented to it and to nobody
 * else, the provider handed on to them, and outputs registered at the end.
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
  assert.notEqual(component.outputs, undefined, `${name} never called registerOutputs`);
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
