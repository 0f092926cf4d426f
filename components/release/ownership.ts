import * as pulumi from "@pulumi/pulumi";

/** As much of a Kubernetes object as tells which one it is. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string };
}

/**
 * What the program itself owns in the cluster, to be compared with what its Helm release would own. An
 * object with two owners is changed by whichever comes last, and helm refuses one that it did not make.
 */
export class Ownership {
  private readonly owned = new Map<string, string>();

  /**
   * @param namespace where all namespaced objects of the program are.
   * @param more further looks at the objects of the release, which are rendered once for all; each throws
   *   where it refuses them.
   */
  constructor(
    private readonly namespace: string,
    private readonly more: readonly ((objects: readonly KubernetesObject[]) => void)[] = [],
  ) {}

  /**
   * Notes every Kubernetes object among the resources of a component that has this in its `transformations`.
   * One without a name of its own gets a random suffix, so that nothing else can have its name.
   */
  readonly watch: pulumi.ResourceTransformation = ({ type, name, props, opts }) => {
    const [provider, group = "", kind = ""] = type.split(":");
    const { metadata } = props as { metadata?: { name?: unknown } };
    const isRead = opts.id !== undefined;
    if (provider === "kubernetes" && typeof metadata?.name === "string" && !isRead) {
      const apiVersion = group === "core/v1" ? "v1" : group;
      this.owned.set(this.key({ apiVersion, kind, metadata: { name: metadata.name } }), name);
    }
    return undefined;
  };

  /**
   * Compares with the objects of the release, and hands them to all that looks at them beside this.
   *
   * @throws RunError that names every object that both would own.
   */
  check(objects: readonly KubernetesObject[]): void {
    this.compare(objects);
    for (const look of this.more) look(objects);
  }

  private compare(objects: readonly KubernetesObject[]): void {
    const both = objects.flatMap((object) => {
      const resource = this.owned.get(this.key(object));
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

  /** An object is the same in every version of its API group. */
  private key({ apiVersion, kind, metadata }: KubernetesObject): string {
    const group = apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
    const namespace = kind === "Namespace" ? "" : (metadata.namespace ?? this.namespace);
    return [group, kind, namespace, metadata.name].join("/");
  }
}
