import * as pulumi from "@pulumi/pulumi";
import type { KubernetesObject } from "../../lib/kubernetes/objects";

/**
 * Records which Kubernetes objects the program owns, and compares them with those of its Helm release. An
 * object with two owners would be changed by each in turn, and helm refuses one that it did not create.
 */
export class Ownership {
  readonly #namespace: string;
  readonly #furtherChecks: readonly ((objects: readonly KubernetesObject[]) => void)[];
  /** Names of the resources in Pulumi, by the identity of the object. */
  readonly #owned = new Map<string, string>();

  /**
   * @param namespace namespace of all namespaced objects of the program.
   * @param furtherChecks further checks of the release's objects, which are rendered only once; each throws
   *   where it refuses them.
   */
  constructor(
    namespace: string,
    furtherChecks: readonly ((objects: readonly KubernetesObject[]) => void)[] = [],
  ) {
    this.#namespace = namespace;
    this.#furtherChecks = furtherChecks;
  }

  /**
   * Records every Kubernetes object among the resources of a stack with this among its transformations.
   * An object without a name gets a random suffix, so that no other object can have its name.
   *
   * It is a transformation and no transform: those run when the engine gets a registration, and so after
   * the check for a Deployment, which waits for the release.
   */
  readonly watch: pulumi.ResourceTransformation = ({ type, name, props, opts }) => {
    const [provider, group = "", kind = ""] = type.split(":");
    const { metadata } = props as { metadata?: { name?: unknown } };
    const isRead = opts.id !== undefined;
    if (provider === "kubernetes" && typeof metadata?.name === "string" && !isRead) {
      const apiVersion = group === "core/v1" ? "v1" : group;
      const object = { apiVersion, kind, metadata: { name: metadata.name } };
      this.#owned.set(this.#identity(object), name);
    }
    return undefined;
  };

  /**
   * Compares the release's objects with the recorded ones, and runs the further checks.
   *
   * @throws RunError that names every object with two owners.
   */
  readonly check = (objects: readonly KubernetesObject[]): void => {
    this.#compare(objects);
    for (const check of this.#furtherChecks) check(objects);
  };

  #compare(objects: readonly KubernetesObject[]): void {
    const both = objects.flatMap((object) => {
      const resource = this.#owned.get(this.#identity(object));
      return resource === undefined
        ? []
        : [`  ${object.kind} ${object.metadata.name} (in Pulumi: ${resource})`];
    });
    if (both.length === 0) return;
    const count = both.length === 1 ? "1 object" : `${both.length} objects`;
    throw new pulumi.RunError(
      `Pulumi and the Helm release would both own ${count}:\n${both.join("\n")}\n` +
        "Each needs one owner: take it out of chart.values, or let the release own the Deployments and " +
        "Services by `workloads: chart`.",
    );
  }

  /** The identity of an object: it is the same object in every version of its API group. */
  #identity({ apiVersion, kind, metadata }: KubernetesObject): string {
    const group = apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
    const namespace = kind === "Namespace" ? "" : (metadata.namespace ?? this.#namespace);
    return [group, kind, namespace, metadata.name].join("/");
  }
}
