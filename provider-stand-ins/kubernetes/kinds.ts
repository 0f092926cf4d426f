/** The kinds of objects that the stand-in covers, and which of their fields can't change in place. */

/** How one kind is reached in the API, and what may be set on it. */
export interface ObjectKind {
  /** Pulumi's type token. */
  type: string;
  apiVersion: string;
  kind: string;
  plural: string;
  namespaced: boolean;
  /** Properties beside apiVersion, kind and metadata. */
  properties: readonly string[];
  /** Paths whose change replaces the object. */
  immutable: readonly string[];
  /** The provider's setting by which contents change in place, and the paths of these. */
  contents?: { mutableBy: string; paths: readonly string[] };
  /** With skipAwait a deletion isn't waited for either. */
  skipsDeleteAwait: boolean;
}

const IDENTITY = ["metadata.name", "metadata.namespace"];

/** All covered kinds but the Helm release, by type token. */
export const OBJECT_KINDS: Readonly<Record<string, ObjectKind>> = Object.fromEntries(
  [
    {
      type: "kubernetes:core/v1:Namespace",
      apiVersion: "v1",
      plural: "namespaces",
      namespaced: false,
      properties: ["spec"],
      immutable: IDENTITY,
      skipsDeleteAwait: true,
    },
    {
      // Unless the provider is set otherwise, a change of the contents makes a new object.
      type: "kubernetes:core/v1:Secret",
      apiVersion: "v1",
      plural: "secrets",
      namespaced: true,
      properties: ["data", "stringData", "type", "immutable"],
      immutable: IDENTITY,
      contents: { mutableBy: "enableSecretMutable", paths: ["type", "stringData", "data"] },
      skipsDeleteAwait: false,
    },
    {
      type: "kubernetes:core/v1:ConfigMap",
      apiVersion: "v1",
      plural: "configmaps",
      namespaced: true,
      properties: ["data", "binaryData", "immutable"],
      immutable: IDENTITY,
      contents: { mutableBy: "enableConfigMapMutable", paths: ["binaryData", "data"] },
      skipsDeleteAwait: false,
    },
    {
      type: "kubernetes:core/v1:Service",
      apiVersion: "v1",
      plural: "services",
      namespaced: true,
      properties: ["spec"],
      immutable: [...IDENTITY, "spec.clusterIP"],
      skipsDeleteAwait: false,
    },
    {
      type: "kubernetes:apps/v1:Deployment",
      apiVersion: "apps/v1",
      plural: "deployments",
      namespaced: true,
      properties: ["spec"],
      immutable: [...IDENTITY, "spec.selector"],
      skipsDeleteAwait: true,
    },
    {
      type: "kubernetes:apps/v1:StatefulSet",
      apiVersion: "apps/v1",
      plural: "statefulsets",
      namespaced: true,
      properties: ["spec"],
      immutable: [
        ...IDENTITY,
        "spec.podManagementPolicy",
        "spec.revisionHistoryLimit",
        "spec.selector",
        "spec.serviceName",
        "spec.volumeClaimTemplates",
      ],
      skipsDeleteAwait: true,
    },
  ].map((kind) => [kind.type, { ...kind, kind: kind.type.slice(kind.type.lastIndexOf(":") + 1) }]),
);

/** Annotations that steer the plugin, and that this stand-in understands. */
export const ANNOTATIONS = {
  autonamed: "pulumi.com/autonamed",
  skipAwait: "pulumi.com/skipAwait",
  timeoutSeconds: "pulumi.com/timeoutSeconds",
  patchForce: "pulumi.com/patchForce",
  deletionPropagation: "pulumi.com/deletionPropagationPolicy",
} as const;
