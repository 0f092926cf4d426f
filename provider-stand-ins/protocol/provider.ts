/** What a plugin in this folder implements, in plain TypeScript; `server.ts` puts it on the wire. */
import type { EngineLog } from "./engine";
import type { PropertyDiff } from "./diff";
import type { Properties } from "./values";

/** One property that Check refuses. Without a property the whole resource is meant. */
export interface Failure {
  property?: string;
  reason: string;
}

/** Checked inputs, as later calls get them, or why they are refused. */
export interface CheckResult {
  inputs: Properties;
  failures?: Failure[];
}

/** How an engine with naming rules of its own wants a resource to be named. */
export interface Autonaming {
  mode: "propose" | "enforce" | "disable";
  proposedName: string;
}

/** What Check is asked. */
export interface CheckRequest {
  urn: string;
  type: string;
  /** The name of the resource in the program. */
  name: string;
  /** Inputs of the last update; undefined for a resource that is new or being replaced. */
  olds?: Properties;
  news: Properties;
  randomSeed?: Uint8Array;
  autonaming?: Autonaming;
}

/** What Diff is asked. */
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

/** What changes, by path. No entry means no change. */
export interface DiffResult {
  changes: Record<string, PropertyDiff>;
  /** The new inputs were compared with the state; otherwise with the old inputs. */
  againstState?: boolean;
  deleteBeforeReplace?: boolean;
}

/** What every operation that acts on the outside gets. */
export interface Operation {
  urn: string;
  type: string;
  name: string;
  /** Seconds from the resource's customTimeouts; 0 where the program sets none. */
  timeout: number;
  log: EngineLog;
  /** Ends the operation when the user cancels. */
  signal: AbortSignal;
}

/** What Create is asked. */
export interface CreateRequest extends Operation {
  inputs: Properties;
  preview: boolean;
}

/** What Update is asked. */
export interface UpdateRequest extends Operation {
  id: string;
  oldInputs: Properties;
  oldState: Properties;
  news: Properties;
  preview: boolean;
  ignoreChanges: string[];
}

/** What Read is asked. Without inputs and state it is a `.get()` or an import. */
export interface ReadRequest extends Operation {
  id: string;
  inputs: Properties;
  state: Properties;
}

/** What Delete is asked. */
export interface DeleteRequest extends Operation {
  id: string;
  oldInputs: Properties;
  oldState: Properties;
}

/** What Read found; undefined when the thing is gone. */
export type ReadResult = { id: string; inputs: Properties; state: Properties } | undefined;

/** A kind of resource. */
export interface ResourceKind {
  check(request: CheckRequest): Promise<CheckResult> | CheckResult;
  diff(request: DiffRequest): Promise<DiffResult> | DiffResult;
  create(request: CreateRequest): Promise<{ id: string; state: Properties }>;
  read(request: ReadRequest): Promise<ReadResult>;
  update(request: UpdateRequest): Promise<Properties>;
  delete(request: DeleteRequest): Promise<void>;
}

/** What changes in a provider's own configuration. */
export interface ConfigDiff {
  diffs: string[];
  /** Keys whose change means that it is another cluster or daemon: all resources are replaced. */
  replaces: string[];
}

/** A plugin: its configuration and its kinds of resources. */
export interface Provider {
  /** The package's name, as in `pulumi-resource-<name>`. */
  readonly name: string;
  readonly version: string;
  checkConfig(news: Properties): CheckResult | Promise<CheckResult>;
  diffConfig(olds: Properties, news: Properties): ConfigDiff | Promise<ConfigDiff>;
  /** Takes the configuration's values as text, without the package's prefix. */
  configure(config: Readonly<Record<string, string>>, log: EngineLog): Promise<void> | void;
  /** The implementation of a type, or undefined where this stand-in doesn't cover it. */
  kind(type: string): Promise<ResourceKind | undefined> | ResourceKind | undefined;
  /** Calls a function of the package; undefined where this stand-in doesn't cover it. */
  invoke?(token: string, args: Properties): Promise<Properties> | undefined;
  /** The types covered, for the sentence that refuses the others. */
  readonly covered: readonly string[];
  /** Releases what the plugin holds (child processes, temporary files). */
  close?(): void;
}
