import type { Task, TaskChange } from "../tasks/schemas.ts";
import type { Source } from "./schemas.ts";
import type { ToolName } from "./tools/definitions.ts";

/** A call of a tool. */
export interface ToolCall {
  readonly name: ToolName;
  readonly args: Readonly<Record<string, unknown>>;
}

/** The result of a tool. */
export interface ToolResult {
  readonly ok: boolean;
  /** Why the tool failed, for the model or the rules that called it. */
  readonly error?: string;
  /** The tasks that the tool found, created, changed or deleted. */
  readonly tasks: readonly Task[];
  /** Whether there are more tasks than these. */
  readonly more?: boolean;
  /** Whether the tool changed the task list. */
  readonly changed: boolean;
}

/** A tool call with its result. */
export interface CompletedCall extends ToolCall {
  readonly result: ToolResult;
}

/** A completed call as it is stored until its turn ends, with who made it. */
export interface Step extends CompletedCall {
  readonly by: Source;
}

/** Runs a tool for the user whose turn it is. */
export type RunTool = (call: ToolCall) => Promise<ToolResult>;

/** A question that the rules asked, with what to do after the user's answer. */
export type PendingQuestion =
  | { readonly kind: "which"; readonly action: Action }
  | { readonly kind: "confirm"; readonly action: Action; readonly ids: readonly string[] }
  | { readonly kind: "add"; readonly text: string };

/** A change of existing tasks. */
export type Action =
  | { readonly do: "complete"; readonly completed: boolean }
  | { readonly do: "delete" }
  /** Move the due date by this many days. */
  | { readonly do: "shift"; readonly days: number }
  | { readonly do: "update"; readonly change: TaskChange; readonly tags?: TagChange };

/** Tags to add to a task's tags or remove from them. */
export interface TagChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** What the words of a conversation refer to. Stored in agent_state.memory. */
export interface Memory {
  /** The ids of the tasks that were listed last, in order: "the second one". */
  readonly shown: readonly string[];
  /** The id of the task that was mentioned last: "it". */
  readonly focus: string | null;
  readonly wanted: PendingQuestion | null;
}

/** The memory of a new conversation. */
export const emptyMemory: Memory = { shown: [], focus: null, wanted: null };

/** A user's message with what is needed to understand it. */
export interface Question {
  readonly text: string;
  /** IANA name; decides which day is today. */
  readonly timeZone: string;
  readonly now: Date;
  readonly memory: Memory;
}

/** The rules' answer to a question, and the memory for the next one. */
export interface Answer {
  readonly text: string;
  readonly memory: Memory;
}
