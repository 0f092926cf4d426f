import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { isDestroying } from "../../lib/pulumi/destroying";

/** Arguments of {@link AppNamespace}. */
export interface AppNamespaceArgs {
  /** Name of the Namespace. */
  readonly namespaceName: pulumi.Input<string>;

  /**
   * Whether the component creates the Namespace. false: it exists already, and stays as it is.
   *
   * @default true
   */
  readonly create?: boolean;

  /** Labels of the Namespace, where the component creates it. */
  readonly labels: Readonly<Record<string, pulumi.Input<string>>>;

  /**
   * The Pod Security standard that the Namespace enforces on its pods.
   *
   * @default restricted
   */
  readonly podSecurity?: pulumi.Input<string>;
}

/**
 * The Namespace of all objects. One that the component creates refuses pods that violate its Pod Security
 * standard; one that exists already is only read, so that the run ends at once where it is missing.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export class AppNamespace extends pulumi.ComponentResource {
  /** Name of the Namespace, known once it exists. */
  readonly name: pulumi.Output<string>;

  /** The Namespace, where the component creates it: deleting it deletes everything in it. */
  readonly created: kubernetes.core.v1.Namespace | undefined;

  constructor(name: string, args: AppNamespaceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("todo-chatbot:app:Namespace", name, {}, opts);
    const { podSecurity = "restricted", create = true } = args;
    const child = { parent: this };
    if (!create) {
      // Under the same name as a created one: where a stack has created it before, Pulumi only lets go of it.
      this.name = isDestroying()
        ? pulumi.output(args.namespaceName)
        : kubernetes.core.v1.Namespace.get(`${name}-namespace`, args.namespaceName, child).metadata
            .name;
      this.registerOutputs({ name: this.name });
      return;
    }
    this.created = new kubernetes.core.v1.Namespace(
      `${name}-namespace`,
      {
        metadata: {
          name: args.namespaceName,
          labels: {
            ...args.labels,
            "pod-security.kubernetes.io/enforce": podSecurity,
            "pod-security.kubernetes.io/audit": podSecurity,
            "pod-security.kubernetes.io/warn": podSecurity,
          },
        },
      },
      // Pulumi's default is ten minutes, which a finalizer that never ends would use up.
      { ...child, customTimeouts: { delete: "5m" } },
    );
    this.name = this.created.metadata.name;
    this.registerOutputs({ name: this.name });
  }
}
