import * as pulumi from "@pulumi/pulumi";
import { at, unwrap } from "../../lib/pulumi/values";

/** As much of the SDK's requests as is read here; a read has no options. */
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
  getCustomtimeouts?(): { getCreate(): string; getUpdate(): string; getDelete(): string };
  getProvidersMap?(): { forEach(visit: (reference: string, name: string) => void): void };
}

/** A resource as the program asked the engine for it. */
export class Registered {
  /** Known once the engine has answered. */
  urn = "";
  /** What a component handed to registerOutputs; empty where it never did. */
  outputs: Record<string, unknown> | undefined;

  constructor(
    private readonly request: RegisterRequest,
    /** Read, not made: `Resource.get`. */
    readonly isRead: boolean,
  ) {}

  get type(): string {
    return this.request.getType();
  }
  get name(): string {
    return this.request.getName();
  }
  get custom(): boolean {
    return this.request.getCustom?.() ?? true;
  }
  /** Id of one that is read. */
  get id(): string {
    return this.request.getId?.() ?? "";
  }
  /** URN of the parent; empty where there is none. */
  get parent(): string {
    return this.request.getParent();
  }
  /** `urn::id` of the provider; empty: the package's default one. */
  get provider(): string {
    return this.request.getProvider();
  }
  /** Names of the packages whose explicit providers a component hands on. */
  get providers(): string[] {
    const names: string[] = [];
    this.request.getProvidersMap?.().forEach((_reference, name) => names.push(name));
    return names.sort();
  }
  /** URNs of all that it waits for. */
  get dependencies(): string[] {
    return this.request.getDependenciesList();
  }
  get ignoreChanges(): string[] {
    return this.request.getIgnorechangesList?.() ?? [];
  }
  get deleteBeforeReplace(): boolean {
    return this.request.getDeletebeforereplace?.() ?? false;
  }
  get timeouts(): { create?: string; update?: string; delete?: string } {
    const timeouts = this.request.getCustomtimeouts?.();
    return {
      ...(timeouts?.getCreate() && { create: timeouts.getCreate() }),
      ...(timeouts?.getUpdate() && { update: timeouts.getUpdate() }),
      ...(timeouts?.getDelete() && { delete: timeouts.getDelete() }),
    };
  }
  /** The inputs as they are sent: secrets wrapped. */
  get wire(): Record<string, unknown> {
    return (this.request.getObject?.() ?? this.request.getProperties?.())?.toJavaScript() ?? {};
  }
  /** The inputs in plain. */
  get inputs(): unknown {
    return unwrap(this.wire);
  }

  /** The plain input at a path such as `spec.ports.0.nodePort`. */
  input(path: string): unknown {
    return at(this.inputs, path);
  }
}

/** Whether a value is what a preview doesn't know yet. */
export function isUnknown(value: unknown): boolean {
  return unwrap(value) === pulumi.runtime.unknownValue;
}

/** Value of an output; undefined where a preview doesn't know it. */
export async function valueOf(output: unknown): Promise<unknown> {
  // Exported, but left out of the SDK's declarations.
  return (pulumi.output(output) as unknown as { promise(): Promise<unknown> }).promise();
}

/** Whether an output is a secret. */
export function outputIsSecret(output: unknown): Promise<boolean> {
  return pulumi.isSecret(pulumi.output(output));
}
