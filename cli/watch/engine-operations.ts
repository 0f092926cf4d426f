import type { EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation";

/** An operation that the engine has begun and not yet ended. */
export interface Operation {
  /** Type of the resource, such as `kubernetes:apps/v1:Deployment`. */
  type: string;
  /** Name of the Kubernetes object; undefined where it isn't known. */
  name: string | undefined;
}

/** Follows the engine's event log: which operations are under way. */
export class EngineOperations {
  readonly #running = new Map<string, Operation>();
  /** The beginning of a line whose end isn't written yet. */
  #rest = "";

  /** The operations under way. */
  get running(): Operation[] {
    return [...this.#running.values()];
  }

  /** Reads what the engine has added to its log. */
  read(text: string): void {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#event(line);
  }

  #event(line: string): void {
    let event: EngineEvent;
    try {
      event = JSON.parse(line) as EngineEvent;
    } catch {
      return;
    }
    const { resourcePreEvent: begun, resOutputsEvent: ended, resOpFailedEvent: failed } = event;
    // A preview plans the same operations, and does none.
    if (begun !== undefined && begun.planning !== true) {
      this.#running.set(begun.metadata.urn, operationOf(begun.metadata));
    }
    const end = ended ?? failed;
    if (end !== undefined) this.#running.delete(end.metadata.urn);
  }
}

function operationOf({ type, new: after, old: before }: StepEventMetadata): Operation {
  const inputs = (after ?? before)?.inputs as { metadata?: { name?: unknown } } | undefined;
  const name = inputs?.metadata?.name;
  return { type, name: typeof name === "string" ? name : undefined };
}
