import { createHash } from "node:crypto";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type ConfigObjectArgs, objectFields } from "./object-metadata";

/** Arguments of {@link AppConfigMap}. */
export interface AppConfigMapArgs extends ConfigObjectArgs {
  /** The content, by key. */
  readonly data: Readonly<Record<string, pulumi.Input<string>>>;
}

/** The ConfigMap: environment variables that aren't secret. */
export class AppConfigMap extends pulumi.ComponentResource {
  /** Name of the object in the cluster. */
  readonly name: pulumi.Output<string>;

  /** Annotations that roll the pods when a ConfigMap of a fixed name changes; none while it is immutable. */
  readonly podAnnotations: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: AppConfigMapArgs, opts?: pulumi.ComponentResourceOptions) {
    super("todo-chatbot:app:ConfigMap", name, {}, opts);
    const { objectName, data, immutable = true } = args;
    const configMap = new kubernetes.core.v1.ConfigMap(
      objectName,
      { ...objectFields(args), data },
      { parent: this },
    );
    this.name = configMap.metadata.name;
    this.podAnnotations = immutable
      ? {}
      : { "todo-app/config-revision": pulumi.jsonStringify(data).apply(sha256) };
    this.registerOutputs({ name: this.name });
  }
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
