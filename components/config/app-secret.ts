import { createHmac } from "node:crypto";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { type ConfigObjectArgs, objectFields } from "./object-metadata";

/** Arguments of {@link AppSecret}. */
export interface AppSecretArgs extends ConfigObjectArgs {
  /** The content, by key. It is encrypted in Pulumi's state, whether the values are secrets or not. */
  readonly data: Readonly<Record<string, pulumi.Input<string>>>;
}

/** The Secret: environment variables that are secret. */
export class AppSecret extends pulumi.ComponentResource {
  /** Name of the object in the cluster. */
  readonly name: pulumi.Output<string>;

  /** Annotations that roll the pods when a Secret of a fixed name changes; none while it is immutable. */
  readonly podAnnotations: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: AppSecretArgs, opts?: pulumi.ComponentResourceOptions) {
    super("todo-chatbot:app:Secret", name, {}, opts);
    const { objectName, immutable = true } = args;
    const data = pulumi.secret(args.data);
    const secret = new kubernetes.core.v1.Secret(
      objectName,
      { ...objectFields(args), type: "Opaque", stringData: data },
      { parent: this },
    );
    this.name = secret.metadata.name;
    this.podAnnotations = immutable
      ? {}
      : { "todo-app/secret-revision": this.#keyedRevision(name, data) };
    this.registerOutputs({ name: this.name });
  }

  /** The revision of the content as an HMAC: a weak secret can't be guessed from the annotation. */
  #keyedRevision(
    name: string,
    data: pulumi.Output<Readonly<Record<string, string>>>,
  ): pulumi.Output<string> {
    const key = new random.RandomPassword(`${name}-revision-key`, { length: 32 }, { parent: this });
    const revision = pulumi
      .all([key.result, pulumi.jsonStringify(data)])
      .apply(([secret, text]) => createHmac("sha256", secret).update(text).digest("hex"));
    return pulumi.unsecret(revision);
  }
}
