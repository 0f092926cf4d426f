import type { EngineLog } from "./engine-log";
import type { PropertyDiffs } from "./property-diff";
import type { Properties } from "./values";

/** The name of a plugin, as in `pulumi-resource-<name>`, and the version that it reports. */
export interface Plugin {
  readonly name: string;
  readonly version: string;
}

/** A plugin: its configuration and its resources. The server translates it to Pulumi's gRPC protocol. */
export interface Provider extends Plugin {
  /** The covered resource types, for the message that refuses all others. */
  readonly covered: readonly string[];
  /** Checks the provider's configuration. */
  checkConfig(news: Properties): CheckResult | Promise<CheckResult>;
  /** Compares two configurations of the provider. */
  diffConfig(olds: Properties, news: Properties): ConfigDiff | Promise<ConfigDiff>;
  /** Receives the configuration's values as text, by name without the package's prefix. */
  configure(config: Readonly<Record<string, string>>, log: EngineLog): Promise<void> | void;
  /** Returns the implementation of a type; undefined where the stand-in doesn't cover it. */
  kind(type: string): Promise<ResourceKind | undefined> | ResourceKind | undefined;
  /** Calls a function of the package; returns undefined where the stand-in doesn't cover it. */
  invoke?(token: string, args: Properties): Promise<Properties> | undefined;
  /** Releases what the plugin holds: child processes, temporary files. */
  close?(): void;
}

/** The implementation of one resource type. */
export interface ResourceKind {
  check(request: CheckRequest): Promise<CheckResult> | CheckResult;
  diff(request: DiffRequest): Promise<DiffResult> | DiffResult;
  create(request: CreateRequest): Promise<CreateResult>;
  read(request: ReadRequest): Promise<ReadResult>;
  /** Returns the new state. */
  update(request: UpdateRequest): Promise<Properties>;
  delete(request: DeleteRequest): Promise<void>;
}

/** One reason to refuse inputs. */
export interface Failure {
  /** The property that it is about; undefined for the whole resource. */
  property?: string;
  reason: string;
}

/** The inputs as later calls receive them, or why they are refused. */
export interface CheckResult {
  inputs: Properties;
  failures?: Failure[];
}

/** The engine's naming rules for one resource. */
export interface Autonaming {
  mode: "propose" | "enforce" | "disable";
  proposedName: string;
}

/** The request of Check: complete and validate the inputs of a resource. */
export interface CheckRequest {
  urn: string;
  type: string;
  /** The name of the resource in the program. */
  name: string;
  /** The inputs of the last update; undefined for a resource that is new or being replaced. */
  olds?: Properties;
  news: Properties;
  randomSeed?: Uint8Array;
  autonaming?: Autonaming;
  log: EngineLog;
}

/** The request of Diff: compare the checked inputs with the last ones. */
export interface DiffRequest {
  urn: string;
  type: string;
  id: string;
  oldInputs: Properties;
  /** The outputs of the last Create, Update or Read. */
  oldState: Properties;
  news: Properties;
  ignoreChanges: string[];
}

/** The result of Diff. */
export interface DiffResult {
  /** No entry means no change. */
  changes: PropertyDiffs;
  /** Whether the new inputs were compared with the state. @default false, with the old inputs */
  againstState?: boolean;
  /** Whether a replacement deletes the old resource first. @default false */
  deleteBeforeReplace?: boolean;
}

/** What Create, Read, Update and Delete have in common. */
export interface Operation {
  urn: string;
  type: string;
  /** The name of the resource in the program. */
  name: string;
  /** Seconds from the resource option `customTimeouts`; 0 where the program sets none. */
  timeout: number;
  log: EngineLog;
  /** Aborted when the user cancels. */
  signal: AbortSignal;
}

/** What work within an operation needs: a log and the signal of a cancellation. */
export type OperationContext = Pick<Operation, "log" | "signal">;

/** The request of Create. */
export interface CreateRequest extends Operation {
  inputs: Properties;
  preview: boolean;
}

/** The result of Create. The id is empty in a preview. */
export interface CreateResult {
  id: string;
  state: Properties;
}

/** The request of Update. */
export interface UpdateRequest extends Operation {
  id: string;
  oldInputs: Properties;
  oldState: Properties;
  news: Properties;
  preview: boolean;
  ignoreChanges: string[];
}

/** The request of Read: a refresh or, without inputs and state, a `.get()` or an import. */
export interface ReadRequest extends Operation {
  id: string;
  inputs: Properties;
  state: Properties;
}

/** The result of Read; undefined where the resource no longer exists. */
export type ReadResult = { id: string; inputs: Properties; state: Properties } | undefined;

/** The request of Delete. */
export interface DeleteRequest extends Operation {
  id: string;
  oldInputs: Properties;
  oldState: Properties;
}

/** How a provider's configuration changes. */
export interface ConfigDiff {
  /** Keys that change. */
  diffs: string[];
  /** Keys whose change means another cluster or daemon: all resources are replaced. */
  replaces: string[];
}
