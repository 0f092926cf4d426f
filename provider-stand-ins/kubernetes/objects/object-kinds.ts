import type { ApiResource } from "../api/place";

/** A kind of object: how the API server names it, and what a program may set and change. */
export interface ObjectKind extends ApiResource {
  /** Pulumi's type token. */
  type: string;
  /** The kind in the API, such as `Deployment`. */
  kind: string;
  /** Covered properties in addition to `apiVersion`, `kind` and `metadata`. */
  properties: readonly string[];
  /** Paths whose change replaces the object. */
  immutable: readonly string[];
  /** Paths that are immutable too, unless the provider's setting `mutableBy` is true. */
  contents?: { mutableBy: string; paths: readonly string[] };
  /** Whether `skipAwait` applies to deletions too. */
  skipsDeleteAwait: boolean;
  /** Whether the resource sets fields of an object that others may have created, by server-side apply. */
  patch: boolean;
}

const identity = ["metadata.name", "metadata.namespace"];

/** The covered kinds of objects, by type token. */
export const objectKinds: Readonly<Record<string, ObjectKind>> = Object.fromEntries(
  [
    {
      type: "kubernetes:core/v1:Namespace",
      apiVersion: "v1",
      plural: "namespaces",
      namespaced: false,
      properties: ["spec"],
      immutable: identity,
      skipsDeleteAwait: true,
    },
    {
      type: "kubernetes:core/v1:Secret",
      apiVersion: "v1",
      plural: "secrets",
      namespaced: true,
      properties: ["data", "stringData", "type", "immutable"],
      immutable: identity,
      contents: { mutableBy: "enableSecretMutable", paths: ["type", "stringData", "data"] },
      skipsDeleteAwait: false,
    },
    {
      type: "kubernetes:core/v1:ConfigMap",
      apiVersion: "v1",
      plural: "configmaps",
      namespaced: true,
      properties: ["data", "binaryData", "immutable"],
      immutable: identity,
      contents: { mutableBy: "enableConfigMapMutable", paths: ["binaryData", "data"] },
      skipsDeleteAwait: false,
    },
    {
      type: "kubernetes:core/v1:Service",
      apiVersion: "v1",
      plural: "services",
      namespaced: true,
      properties: ["spec"],
      immutable: [...identity, "spec.clusterIP"],
      skipsDeleteAwait: false,
    },
    {
      type: "kubernetes:core/v1:PersistentVolumeClaimPatch",
      apiVersion: "v1",
      plural: "persistentvolumeclaims",
      namespaced: true,
      properties: ["spec"],
      immutable: identity,
      skipsDeleteAwait: false,
    },
    {
      type: "kubernetes:apps/v1:Deployment",
      apiVersion: "apps/v1",
      plural: "deployments",
      namespaced: true,
      properties: ["spec"],
      immutable: [...identity, "spec.selector"],
      skipsDeleteAwait: true,
    },
    {
      type: "kubernetes:apps/v1:StatefulSet",
      apiVersion: "apps/v1",
      plural: "statefulsets",
      namespaced: true,
      properties: ["spec"],
      immutable: [
        ...identity,
        "spec.podManagementPolicy",
        "spec.revisionHistoryLimit",
        "spec.selector",
        "spec.serviceName",
        "spec.volumeClaimTemplates",
      ],
      skipsDeleteAwait: true,
    },
  ].map((kind) => {
    const name = kind.type.slice(kind.type.lastIndexOf(":") + 1);
    const patch = name.endsWith("Patch");
    return [kind.type, { ...kind, kind: name.replace(/Patch$/, ""), patch }];
  }),
);
