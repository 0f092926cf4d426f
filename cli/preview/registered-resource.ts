import * as pulumi from "@pulumi/pulumi";
import { at, unwrap } from "../../lib/pulumi/values";

/** The parts of the SDK's requests that are read here. A request to read a resource has no options. */
export interface RegisterRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getProvider(): string;
  getCustom?(): boolean;
  getId?(): string;
  getObject?(): { toJavaScript(): Record<string, unknown> };
  getProperties?(): { toJavaScript(): Record<string, unknown> };
  getDependenciesList(): string[];
  getIgnorechangesList?(): string[];
  getDeletebeforereplace?(): boolean;
  getDeletedwith?(): string;
  getCustomtimeouts?(): { getCreate(): string; getUpdate(): string; getDelete(): string };
  getProvidersMap?(): { forEach(visit: (reference: string, name: string) => void): void };
}

/** A resource as the program registered it. */
export class Registered {
  /** URN of the resource; empty until the engine has answered. */
  urn = "";
  /** What a component passed to registerOutputs; undefined where it didn't call it. */
  outputs: Record<string, unknown> | undefined;

  /** Whether it is read, as by `Resource.get`, and not created. */
  readonly isRead: boolean;
  readonly #request: RegisterRequest;

  constructor(request: RegisterRequest, isRead: boolean) {
    this.#request = request;
    this.isRead = isRead;
  }

  /** Type token, such as `kubernetes:core/v1:Service`. */
  get type(): string {
    return this.#request.getType();
  }
  /** Name in the program. */
  get name(): string {
    return this.#request.getName();
  }
  /** Whether a provider manages it; false for a component. */
  get custom(): boolean {
    return this.#request.getCustom?.() ?? true;
  }
  /** Id of a resource that is read; empty for any other. */
  get id(): string {
    return this.#request.getId?.() ?? "";
  }
  /** URN of the parent; empty where there is none. */
  get parent(): string {
    return this.#request.getParent();
  }
  /** `urn::id` of the provider; empty: the package's default one. */
  get provider(): string {
    return this.#request.getProvider();
  }
  /** Names of the packages whose explicit providers a component passes to its children. */
  get providers(): string[] {
    const names: string[] = [];
    this.#request.getProvidersMap?.().forEach((_reference, name) => names.push(name));
    return names.sort();
  }
  /** URNs of the resources that it depends on. */
  get dependencies(): string[] {
    return this.#request.getDependenciesList();
  }
  /** Inputs whose changes are ignored. */
  get ignoreChanges(): string[] {
    return this.#request.getIgnorechangesList?.() ?? [];
  }
  /** Whether a replacement deletes the old resource first. */
  get deleteBeforeReplace(): boolean {
    return this.#request.getDeletebeforereplace?.() ?? false;
  }
  /** URN of the resource whose deletion deletes this one too; empty where there is none. */
  get deletedWith(): string {
    return this.#request.getDeletedwith?.() ?? "";
  }
  /** Time limits by operation, such as `5m`. */
  get timeouts(): { create?: string; update?: string; delete?: string } {
    const timeouts = this.#request.getCustomtimeouts?.();
    return {
      ...(timeouts?.getCreate() && { create: timeouts.getCreate() }),
      ...(timeouts?.getUpdate() && { update: timeouts.getUpdate() }),
      ...(timeouts?.getDelete() && { delete: timeouts.getDelete() }),
    };
  }
  /** The inputs as they are sent: secrets wrapped. */
  get wire(): Record<string, unknown> {
    return (this.#request.getObject?.() ?? this.#request.getProperties?.())?.toJavaScript() ?? {};
  }
  /** The inputs without wrappers. */
  get inputs(): unknown {
    return unwrap(this.wire);
  }

  /** Returns the input at a path such as `spec.ports.0.nodePort`. */
  input(path: string): unknown {
    return at(this.inputs, path);
  }
}

/** Whether a value is unknown at a preview. */
export function isUnknown(value: unknown): boolean {
  return unwrap(value) === pulumi.runtime.unknownValue;
}

/** Returns the value of an output; undefined where a preview doesn't know it. */
export async function valueOf(output: unknown): Promise<unknown> {
  // Exported, but left out of the SDK's declarations.
  return (pulumi.output(output) as unknown as { promise(): Promise<unknown> }).promise();
}

/** Whether an output is a secret. */
export function outputIsSecret(output: unknown): Promise<boolean> {
  return pulumi.isSecret(pulumi.output(output));
}
