import type { Queries } from "../database/database.ts";
import { isInvalidValue } from "../database/errors.ts";
import type { Metrics } from "../plugins/metrics.ts";
import type { Emit } from "./event-stream.ts";
import type { Source, ToolNote } from "./schemas.ts";
import { failedResult, runTool } from "./tools/run-tool.ts";
import type { Turn, TurnStore } from "./turn-store.ts";
import type { Memory, RunTool, Step, ToolCall, ToolResult } from "./types.ts";

/** The error of a tool whose arguments match their schema but are refused by PostgreSQL. */
const OUT_OF_RANGE = "the arguments hold a value that is out of range";

/** What a ToolRunner works with. */
export interface ToolRunnerOptions {
  readonly turn: Turn;
  readonly store: TurnStore;
  readonly emit: Emit;
  readonly metrics: Pick<Metrics, "countTool">;
}

/** Runs the tools of one turn. Each tool's change and its step are stored in one transaction. */
export class ToolRunner {
  /** The steps of the turn, in order, including those from before a restart. */
  readonly steps: Step[] = [];
  readonly #options: ToolRunnerOptions;
  /** Steps from before a restart that have not been called for again. */
  readonly #earlierSteps: Step[];

  constructor(options: ToolRunnerOptions) {
    this.#options = options;
    this.#earlierSteps = [...options.turn.steps];
    for (const step of options.turn.steps) this.#add(step);
  }

  /**
   * Returns a function that runs tools for `by`. A tool that ran before a restart doesn't run
   * again; its call returns the stored result.
   */
  runFor(by: Source): RunTool {
    return async (call) => {
      const earlier = this.#takeEarlierStep(call);
      if (earlier !== undefined) return earlier.result;
      const { store, turn, metrics } = this.#options;
      const runStep = (run: (queries: Queries) => Promise<ToolResult>): Promise<ToolResult> =>
        store.runStep(turn, { ...call, by }, run);
      const result = await runStep((queries) => runTool(queries, turn.userId, call)).catch(
        (error: unknown) => {
          if (!isInvalidValue(error)) throw error;
          // It would fail in each retry of the turn, so the tool fails and the turn goes on.
          return runStep(() => Promise.resolve(failedResult(OUT_OF_RANGE)));
        },
      );
      metrics.countTool(call.name, result.ok);
      this.#add({ ...call, by, result });
      return result;
    };
  }

  /** Whether the task list has changed. */
  get tasksChanged(): boolean {
    return this.steps.some(({ result }) => result.changed);
  }

  /** Whether the model has changed tasks, so that the rules must not make the same change. */
  get changedByModel(): boolean {
    return this.steps.some(({ by, result }) => by === "model" && result.changed);
  }

  /** The steps in the form that is part of the answer. */
  get notes(): ToolNote[] {
    return this.steps.map(toNote);
  }

  #takeEarlierStep({ name, args }: ToolCall): Step | undefined {
    const wanted = canonicalJson([name, args]);
    const index = this.#earlierSteps.findIndex(
      (step) => canonicalJson([step.name, step.args]) === wanted,
    );
    return index < 0 ? undefined : this.#earlierSteps.splice(index, 1)[0];
  }

  #add(step: Step): void {
    this.steps.push(step);
    this.#options.emit("tool", { ...toNote(step), changed: step.result.changed });
  }
}

/** Sorts the members of objects, because jsonb doesn't keep their order. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, found: unknown) =>
    typeof found === "object" && found !== null && !Array.isArray(found)
      ? Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)))
      : found,
  );
}

function toNote({ name, result }: Step): ToolNote {
  return { name, ok: result.ok, taskIds: result.tasks.map(({ id }) => id) };
}

/** Returns the memory after these steps: what the next question can refer to. */
export function updateMemory(memory: Memory, steps: readonly Step[]): Memory {
  let { shown, focus } = memory;
  for (const { name, result } of steps) {
    const ids = result.tasks.map(({ id }) => id);
    if (name === "list_tasks" || name === "search_tasks") shown = ids;
    else if (result.ok && name !== "delete_task") focus = ids[0] ?? focus;
  }
  return { shown, focus, wanted: null };
}
