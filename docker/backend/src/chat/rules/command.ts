import type { NewTask, TaskQuery } from "../../tasks/schemas.ts";
import type { Action } from "../types.ts";
import type { Day } from "./dates.ts";

/** What a sentence asks for. */
export type Command =
  | { readonly kind: "help" }
  | { readonly kind: "thanks" }
  | { readonly kind: "yes" }
  | { readonly kind: "no" }
  | { readonly kind: "add"; readonly task: NewTask | undefined }
  | {
      readonly kind: "list";
      readonly query: TaskQuery;
      /** The query in words, for the answer: "open tasks due today". */
      readonly words: string;
      /** Whether only the number of tasks is wanted. */
      readonly count: boolean;
    }
  /** `on` is the text that names the tasks. */
  | { readonly kind: "act"; readonly action: Action; readonly on: string }
  | { readonly kind: "unknown"; readonly text: string };

/** Parses one kind of sentence. Returns undefined for sentences of other kinds. */
export type CommandParser = (text: string, today: Day) => Command | undefined;

/** Returns the trimmed groups of a pattern, or undefined when it doesn't match. */
export function match(pattern: RegExp, text: string): string[] | undefined {
  return pattern.exec(text)?.map((part: string | undefined) => part?.trim() ?? "");
}

/** Removes the quotation marks around a text. */
export function unquote(text: string): string {
  return text.replace(/^[“"'‘](.+)[”"'’]$/, "$1").trim();
}
