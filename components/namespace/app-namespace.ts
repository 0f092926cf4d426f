import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { chartDefaults } from "../../settings/chart-defaults";
import { objectLabels } from "../../settings/labels";
import type { Settings } from "../../settings";

export interface AppNamespaceArgs {
  settings: Settings;
}

/**
 * The Namespace of everything. Pods that don't keep Kubernetes' 'restricted' Pod Security standard are
 * refused in it (https://kubernetes.io/docs/concepts/security/pod-security-standards/).
 */
export class AppNamespace extends pulumi.ComponentResource {
  /** Its name, once it is there. */
  readonly name: pulumi.Output<string>;

  constructor(name: string, args: AppNamespaceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("todo-chatbot:app:Namespace", name, {}, opts);
    const { settings } = args;
    const { podSecurity } = chartDefaults.namespace;
    const namespace = new kubernetes.core.v1.Namespace(
      `${name}-namespace`,
      {
        metadata: {
          name: settings.namespace,
          labels: {
            ...objectLabels(settings),
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
