import type { PlannedResource } from "./planned-resource";

/** The reason that replaces every resource of a provider that itself is replaced. */
export const ANOTHER_CLUSTER = "its provider is for another cluster: it is recreated there";

interface Replacement {
  type: RegExp;
  /** Paths of inputs that the provider can't update in place. */
  paths: RegExp;
  /** Restricts it to the resources for which this returns true, as they are after the change. */
  where?: (resource: PlannedResource) => boolean;
  reason: string;
}

const isImmutable = ({ inputs }: PlannedResource) => inputs.immutable === true;

/** What the providers replace, for the types that the program uses. Taken from the providers' own tables. */
const replacements: readonly Replacement[] = [
  {
    type: /^kubernetes:(?!helm)/,
    paths: /^metadata\.(name|namespace)$/,
    reason: "an object can't change its name or namespace",
  },
  {
    type: /^kubernetes:core\/v1:(ConfigMap|Secret)$/,
    paths: /^(data|stringData|binaryData|type)(\.|$)/,
    where: isImmutable,
    reason: "its contents are immutable: the new ones are an object of their own",
  },
  {
    type: /^kubernetes:core\/v1:Service$/,
    paths: /^spec\.clusterIP$/,
    reason: "Kubernetes can't change a Service's address",
  },
  {
    type: /^kubernetes:apps\/v1:/,
    paths: /^spec\.selector(\.|$)/,
    reason: "Kubernetes can't change a selector",
  },
  {
    type: /^kubernetes:apps\/v1:StatefulSet$/,
    paths:
      /^spec\.(podManagementPolicy|revisionHistoryLimit|serviceName|volumeClaimTemplates)(\.|$)/,
    reason: "Kubernetes can't change this of a StatefulSet",
  },
  {
    type: /^kubernetes:helm\.sh\/v3:Release$/,
    paths: /^(name|namespace|chart)$/,
    reason: "a release can't change its name, namespace or chart",
  },
  {
    type: /^random:/,
    paths: /./,
    reason: "a new value is drawn",
  },
  {
    type: /^pulumi:providers:kubernetes$/,
    paths: /^(clusterIdentifier|context)$/,
    reason: "it is another cluster: everything is recreated there",
  },
  {
    type: /^pulumi-nodejs:dynamic:Resource$/,
    paths: /^profile$/,
    reason: "it is another node",
  },
];

/** Returns why a change of some inputs replaces a resource; empty where it is updated in place. */
export function reasonsToReplace(resource: PlannedResource, paths: readonly string[]): string[] {
  return replacements
    .filter(({ type, where }) => type.test(resource.type) && (where?.(resource) ?? true))
    .filter((replacement) => paths.some((path) => replacement.paths.test(path)))
    .map(({ reason }) => reason);
}
