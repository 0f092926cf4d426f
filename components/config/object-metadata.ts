import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** Arguments that {@link AppConfigMap} and {@link AppSecret} share. */
export interface ConfigObjectArgs {
  /** Name of the object; while it is immutable, the prefix of its name. It also names the Pulumi resource. */
  readonly objectName: string;

  /** Namespace of the object. */
  readonly namespace: pulumi.Input<string>;

  /** Labels of the object. */
  readonly labels: Readonly<Record<string, pulumi.Input<string>>>;

  /**
   * Whether each content is a new object, `<objectName>-<suffix>`: a change then rolls the pods that refer
   * to it, and pods of the old version keep the old content. Otherwise one object changes in place.
   *
   * @default true
   */
  readonly immutable?: boolean;
}

/** The fields of a ConfigMap or Secret that depend on whether it is immutable. */
export function objectFields({
  objectName,
  namespace,
  labels,
  immutable = true,
}: ConfigObjectArgs): Pick<kubernetes.core.v1.ConfigMapArgs, "metadata" | "immutable"> {
  return immutable
    ? // Without a name, Pulumi generates one from the resource's name.
      { metadata: { namespace, labels }, immutable }
    : { metadata: { name: objectName, namespace, labels } };
}
