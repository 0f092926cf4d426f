import type { Queries } from "../db/database.ts";
import { isBadValue } from "../db/errors.ts";
import type { ChatMetrics } from "../http/metrics.ts";
import type { Emit } from "./events.ts";
import { failed, runTool } from "./tools/run.ts";
import type { Turn, TurnStore } from "./turn-store.ts";
import type { Memory, RunTool, Source, Step, ToolCall, ToolNote, ToolResult } from "./types.ts";

/** Why a tool failed whose arguments PostgreSQL refuses, although their schema takes them. */
const OUT_OF_RANGE = "the arguments hold a value that is out of range";

/** Everything that one turn does with tools. */
export class Performance {
  /** What was done, in order, before a restart or after it. */
  readonly steps: Step[] = [];
  readonly #turn: Turn;
  readonly #store: TurnStore;
  readonly #emit: Emit;
  readonly #metrics: ChatMetrics;
  /** Done before a restart, and not asked for again yet. */
  readonly #earlier: Step[];

  constructor(turn: Turn, store: TurnStore, emit: Emit, metrics: ChatMetrics) {
    this.#turn = turn;
    this.#store = store;
    this.#emit = emit;
    this.#metrics = metrics;
    this.#earlier = [...turn.steps];
    for (const step of turn.steps) this.#note(step);
  }

  /** Runs tools for one who answers. What ran before a restart isn't run again, but answered as then. */
  runner(by: Source): RunTool {
    return async (call) => {
      const known = this.#takeEarlier(call);
      if (known !== undefined) return known.result;
      const { userId } = this.#turn;
      const step = (run: (queries: Queries) => Promise<ToolResult>): Promise<ToolResult> =>
        this.#store.step(this.#turn, { ...call, by }, run);
      const result = await step((queries) => runTool(queries, userId, call)).catch(
        (error: unknown) => {
          if (!isBadValue(error)) throw error;
          // Asked again it would fail again, so it is a step that has failed, and not a turn.
          return step(() => Promise.resolve(failed(OUT_OF_RANGE)));
        },
      );
      this.#metrics.tool(call.name, result.ok);
      this.#note({ ...call, by, result });
      return result;
    };
  }

  /** Whether the list of tasks is another one now. */
  get changed(): boolean {
    return this.steps.some(({ result }) => result.changed);
  }

  /** Whether the model has changed something: then the rules must not do the same again. */
  get changedByModel(): boolean {
    return this.steps.some(({ by, result }) => by === "model" && result.changed);
  }

  /** What was done, as the answer's readers are told. */
  get notes(): ToolNote[] {
    return this.steps.map(noteOf);
  }

  #takeEarlier({ name, args }: ToolCall): Step | undefined {
    const asked = canonical([name, args]);
    const at = this.#earlier.findIndex((step) => canonical([step.name, step.args]) === asked);
    return at < 0 ? undefined : this.#earlier.splice(at, 1)[0];
  }

  #note(step: Step): void {
    this.steps.push(step);
    const { name, ok, taskIds } = noteOf(step);
    this.#emit("tool", { name, ok, taskIds, changed: step.result.changed });
  }
}

/** jsonb keeps members in an order of its own, so they are compared in a fixed one. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, found: unknown) =>
    typeof found === "object" && found !== null && !Array.isArray(found)
      ? Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)))
      : found,
  );
}

function noteOf({ name, result }: Step): ToolNote {
  return { name, ok: result.ok, taskIds: result.tasks.map(({ id }) => id) };
}

/** What the next question may refer to, after these steps. */
export function remember(memory: Memory, steps: readonly Step[]): Memory {
  let { shown, focus } = memory;
  for (const { name, result } of steps) {
    const ids = result.tasks.map(({ id }) => id);
    if (name === "list_tasks" || name === "search_tasks") shown = ids;
    else if (result.ok && name !== "delete_task") focus = ids[0] ?? focus;
  }
  return { shown, focus, wanted: null };
}
