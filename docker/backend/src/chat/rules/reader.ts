import type { TaskQuery } from "../../tasks/query.ts";
import type { NewTask } from "../../tasks/task.ts";
import type { Action } from "../types.ts";
import type { Day } from "./days.ts";

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
      readonly words: string;
      readonly count: boolean;
    }
  | { readonly kind: "act"; readonly action: Action; readonly on: string }
  | { readonly kind: "unknown"; readonly text: string };

/** Reads a sentence; undefined when it is about something else. */
export type Reader = (text: string, today: Day) => Command | undefined;

/** The parts that a pattern finds, without spaces around them. */
export const match = (pattern: RegExp, text: string): string[] | undefined =>
  pattern.exec(text)?.map((part: string | undefined) => part?.trim() ?? "");

/** Without the quotation marks around it. */
export function unquote(text: string): string {
  return text.replace(/^[“"'‘](.+)[”"'’]$/, "$1").trim();
}
