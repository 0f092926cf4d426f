import type { OperationContext } from "../../protocol/provider";
import type { JsonObject } from "../../protocol/values";
import type { Cluster } from "../api/cluster";
import type { ApiResource } from "../api/place";

/** What one look at an object found. */
export interface Look {
  /** Whether the wait is over. */
  done: boolean;
  /** The object as it is now. */
  object: JsonObject;
  /** What is being waited for, in one line. */
  status: string;
  /** Returns what stands in the way. Called from time to time, and at the end of a failed wait. */
  problems: () => Promise<string[]>;
}

/** The object that a wait is about. */
export interface Awaited {
  cluster: Cluster;
  kind: ApiResource & { kind: string };
  /** The object as the API server answered to the change. */
  changed: JsonObject;
  /** The object before an update; undefined after a create. */
  before: JsonObject | undefined;
  signal: AbortSignal;
}

/** Prepares a wait for an object; the returned function looks at it once. */
export type Looker = (awaited: Awaited) => () => Promise<Look>;

/** How long to wait, and where to report. The timeout is in seconds. */
export interface WaitOptions extends OperationContext {
  timeout: number;
}

/** The object did not become ready, or was not deleted, in time. */
export class NotReady extends Error {
  /**
   * @param object the object as it was last seen.
   * @param reasons what stood in the way.
   */
  constructor(
    message: string,
    readonly object: JsonObject,
    readonly reasons: string[],
  ) {
    super(message);
  }
}
