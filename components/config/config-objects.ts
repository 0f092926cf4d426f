import { createHash, createHmac } from "node:crypto";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { objectLabels } from "../../settings/labels";
import { secretEnvNames, type SecretEnvName, type Settings } from "../../settings";

export interface AppConfigMapArgs {
  settings: Settings;
  namespace: pulumi.Input<string>;
  data: Record<string, pulumi.Input<string>>;
}

export interface AppSecretArgs {
  settings: Settings;
  namespace: pulumi.Input<string>;
  /** Values by environment variable; the settings say under which key each is kept. */
  values: Partial<Record<SecretEnvName, pulumi.Input<string>>>;
}

/**
 * The ConfigMap. Immutable by default: each content is an object of its own, `<name>-<suffix>`, so that
 * a change rolls the pods that refer to it, and pods of the old version keep the old content.
 */
export class AppConfigMap extends pulumi.ComponentResource {
  readonly name: pulumi.Output<string>;
  /** Annotations that roll the pods when a ConfigMap of a fixed name changes; none when immutable. */
  readonly podAnnotations: Record<string, pulumi.Output<string>>;

  constructor(name: string, args: AppConfigMapArgs, opts?: pulumi.ComponentResourceOptions) {
    super("todo-chatbot:app:ConfigMap", name, {}, opts);
    const { settings, namespace, data } = args;
    const configMap = new kubernetes.core.v1.ConfigMap(
      settings.configMap.name,
      {
        metadata: metadata(settings, settings.configMap, namespace),
        ...content(settings.configMap, { data }),
      },
      { parent: this },
    );
    this.name = configMap.metadata.name;
    this.podAnnotations = settings.configMap.immutable
      ? {}
      : { "todo-app/config-revision": pulumi.jsonStringify(data).apply(sha256) };
    this.registerOutputs({ name: this.name });
  }
}

/** The Secret, in the same way. */
export class AppSecret extends pulumi.ComponentResource {
  readonly name: pulumi.Output<string>;
  /** As for the ConfigMap; the revision is keyed, so that a weak secret can't be guessed from it. */
  readonly podAnnotations: Record<string, pulumi.Output<string>>;

  constructor(name: string, args: AppSecretArgs, opts?: pulumi.ComponentResourceOptions) {
    super("todo-chatbot:app:Secret", name, {}, opts);
    const { settings, namespace } = args;
    const data = pulumi.secret(
      Object.fromEntries(
        secretEnvNames.flatMap((variable) => {
          const value = args.values[variable];
          return value === undefined ? [] : [[settings.secrets.keys[variable], value] as const];
        }),
      ),
    );
    const secret = new kubernetes.core.v1.Secret(
      settings.secrets.name,
      {
        metadata: metadata(settings, settings.secrets, namespace),
        type: "Opaque",
        ...content(settings.secrets, { stringData: data }),
      },
      { parent: this },
    );
    this.name = secret.metadata.name;
    this.podAnnotations = settings.secrets.immutable
      ? {}
      : { "todo-app/secret-revision": this.keyedRevision(name, data) };
    this.registerOutputs({ name: this.name });
  }

  private keyedRevision(name: string, data: pulumi.Output<Record<string, string>>) {
    const key = new random.RandomPassword(`${name}-revision-key`, { length: 32 }, { parent: this });
    const revision = pulumi
      .all([key.result, pulumi.jsonStringify(data)])
      .apply(([secret, text]) => createHmac("sha256", secret).update(text).digest("hex"));
    return pulumi.unsecret(revision);
  }
}

/** A fixed name only where the object may change in place: else Pulumi names it after the resource. */
function metadata(
  settings: Settings,
  object: { name: string; immutable: boolean },
  namespace: pulumi.Input<string>,
) {
  return {
    ...(object.immutable ? {} : { name: object.name }),
    namespace,
    labels: objectLabels(settings),
  };
}

function content<T extends object>(object: { immutable: boolean }, data: T) {
  return object.immutable ? { ...data, immutable: true } : data;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
