import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

/** Arguments of {@link AppNamespace}. */
export interface AppNamespaceArgs {
  /** Name of the Namespace. */
  readonly namespaceName: pulumi.Input<string>;

  /** Labels of the Namespace. */
  readonly labels: Readonly<Record<string, pulumi.Input<string>>>;

  /**
   * The Pod Security standard that the Namespace enforces on its pods.
   *
   * @default restricted
   */
  readonly podSecurity?: pulumi.Input<string>;
}

/**
 * The Namespace of all objects. It refuses pods that violate its Pod Security standard.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export class AppNamespace extends pulumi.ComponentResource {
  /** Name of the Namespace, known once it exists. */
  readonly name: pulumi.Output<string>;

  constructor(name: string, args: AppNamespaceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("todo-chatbot:app:Namespace", name, {}, opts);
    const { podSecurity = "restricted" } = args;
    const namespace = new kubernetes.core.v1.Namespace(
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
      { parent: this },
    );
    this.name = namespace.metadata.name;
    this.registerOutputs({ name: this.name });
  }
}
