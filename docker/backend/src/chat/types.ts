import type { Task,TaskChange } from "../tasks/task.ts";
import type { ToolName } from "./tools/definitions.ts";

/** A conversation. */
export interface ChatSession {
  readonly id: string;
  readonly title: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Who wrote an answer. */
export type Source = "model" | "rules";

/** What an answer did, as its readers are told. */
export interface ToolNote {
  readonly name: ToolName;
  readonly ok: boolean;
  readonly taskIds: readonly string[];
}

/** What somebody said in a conversation. */
export interface ChatMessage {
  readonly id: string;
  readonly role: "user" | "assistant";
  readonly content: string;
  readonly createdAt: string;
  /** The message that an assistant's answers. */
  readonly replyTo: string | null;
  readonly source: Source | null;
  readonly tools: readonly ToolNote[];
}

/** A tool and what it is told. */
export interface ToolCall {
  readonly name: ToolName;
  readonly args: Readonly<Record<string, unknown>>;
}

/** What came of it. */
export interface ToolResult {
  readonly ok: boolean;
  /** What was wrong, for the one who called it. */
  readonly error?: string;
  /** What it found, made, changed or removed. */
  readonly tasks: readonly Task[];
  /** There are more than these. */
  readonly more?: boolean;
  /** The list of tasks is another one now. */
  readonly changed: boolean;
}

/** A tool that has run. */
export interface Performed extends ToolCall {
  readonly result: ToolResult;
}

/** The same as it is kept until its turn has ended: with who wanted it. */
export interface Step extends Performed {
  readonly by: Source;
}

/** Runs a tool for the user whose turn it is. */
export type RunTool = (call: ToolCall) => Promise<ToolResult>;

/** What was asked back, and what is to be done with the answer. */
export type Wanted =
  | { readonly kind: "which"; readonly action: Action }
  | { readonly kind: "confirm"; readonly action: Action; readonly ids: readonly string[] }
  | { readonly kind: "add"; readonly text: string };

/** Something to do with tasks that are there. */
export type Action =
  | { readonly do: "complete"; readonly completed: boolean }
  | { readonly do: "delete" }
  /** Move the due date by so many days, from where it is. */
  | { readonly do: "shift"; readonly days: number }
  | { readonly do: "update"; readonly change: TaskChange; readonly tags?: TagChange };

/** Tags to add to those that are there, or to take away. */
export interface TagChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** What the words of a conversation refer to. */
export interface Memory {
  /** The tasks that were shown last, in order: "the second one". */
  readonly shown: readonly string[];
  /** The task that was last spoken of: "it". */
  readonly focus: string | null;
  readonly wanted: Wanted | null;
}

/** What a new conversation begins with. */
export const BLANK: Memory = { shown: [], focus: null, wanted: null };

/** What an answer is made from. */
export interface Question {
  readonly text: string;
  /** IANA name; says what day it is. */
  readonly timeZone: string;
  readonly now: Date;
  readonly memory: Memory;
}

/** An answer, and what the next question may refer to. */
export interface Answer {
  readonly text: string;
  readonly memory: Memory;
}
