import { firstCharacters } from "../../lib/text.ts";
import { SEARCH_MAX_LENGTH, type Task } from "../../tasks/schemas.ts";
import type { Memory, RunTool } from "../types.ts";
import { unquote } from "./command.ts";
import { tidy } from "./task-description.ts";

/** The tasks that a text such as "the second one" or "the milk task" refers to. */
export type FoundTasks =
  /** `all`: the text names a whole group, so that deleting it needs a confirmation. */
  | { readonly kind: "ids"; readonly ids: readonly string[]; readonly all: boolean }
  /** Several tasks match: the user has to choose. */
  | { readonly kind: "several"; readonly tasks: readonly Task[] }
  /** No task matches: `why` is the answer to the user. */
  | { readonly kind: "none"; readonly why: string };

const ordinals = [
  ...["first", "second", "third", "fourth", "fifth"],
  ...["sixth", "seventh", "eighth", "ninth", "tenth"],
];
const cardinals = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

const itWords = /^(?:it|that|this|(?:that|this|the) (?:one|task|item|todo)|them)$/i;
const allWords =
  /^(?:all|everything|both|them all|all (?:of )?(?:them|these|those|the tasks|my tasks|tasks)|every(?:thing)?(?: task)?)$/i;

/**
 * Finds the tasks that a text refers to.
 *
 * @param completed - whether to find completed or open tasks; default: both
 */
export async function findTasks(
  reference: string,
  memory: Memory,
  run: RunTool,
  completed?: boolean,
): Promise<FoundTasks> {
  const text = reference.trim();
  if (itWords.test(text) && !(/^them$/i.test(text) && memory.shown.length > 1))
    return findFocus(memory);
  if (allWords.test(text) || /^them$/i.test(text)) {
    if (memory.shown.length > 0) return { kind: "ids", ids: memory.shown, all: true };
    return { kind: "none", why: "Which ones? Ask me to list some tasks first." };
  }
  const group = await findGroup(text, run);
  if (group !== undefined) return group;
  const positions = parsePositions(text, memory.shown.length);
  if (positions !== undefined) return findByPositions(positions, memory);
  return findByTitle(text, run, completed);
}

function findFocus({ focus, shown }: Memory): FoundTasks {
  const id = focus ?? (shown.length === 1 ? shown[0] : undefined);
  if (id !== undefined) return { kind: "ids", ids: [id], all: false };
  return {
    kind: "none",
    why: "Which task do you mean? Say its name, or ask me to list your tasks.",
  };
}

/** Finds "all done tasks" or "all open tasks", which need not have been listed. */
async function findGroup(text: string, run: RunTool): Promise<FoundTasks | undefined> {
  const kind =
    /^(?:(?:all|every|the|my)(?: of)?(?: the| my)? )?(done|completed|finished|open) (?:tasks?|todos?|ones?|items?)$/i.exec(
      text,
    )?.[1];
  if (kind === undefined) return undefined;
  const completed = kind.toLowerCase() !== "open";
  const { tasks } = await run({ name: "list_tasks", args: { completed } });
  if (tasks.length > 0) return { kind: "ids", ids: tasks.map(({ id }) => id), all: true };
  return { kind: "none", why: `There are no ${completed ? "done" : "open"} tasks.` };
}

function findByPositions(positions: readonly number[], { shown }: Memory): FoundTasks {
  if (shown.length === 0) {
    return { kind: "none", why: "I haven't shown you a list yet. Say “list my tasks” first." };
  }
  const ids = positions.map((position) => shown[position - 1]);
  if (ids.every((id) => id !== undefined))
    return { kind: "ids", ids: [...new Set(ids)], all: false };
  const there = shown.length === 1 ? "is only 1" : `are only ${shown.length}`;
  return { kind: "none", why: `There ${there} on the last list.` };
}

/**
 * Returns the positions on a list that a text names, counted from 1, such as "the second one",
 * "#2", "1, 3 and 4", "the first two" or "last", or undefined when it names none.
 */
export function parsePositions(text: string, length: number): number[] | undefined {
  const bare = text
    .toLowerCase()
    .replace(/^(?:the|number|no\.?|task|item|nr\.?)\s+/, "")
    .replace(/^(?:tasks|items|numbers|task number|task #)\s*/, "")
    .replace(/\s+(?:one|ones|task|tasks|item|items|todo)$/, "");
  const first = /^first (\d+|\w+)$/.exec(bare)?.[1];
  const count = first === undefined ? 0 : Number(first) || cardinals.indexOf(first) + 1;
  if (count > 0) return Array.from({ length: count }, (_, index) => index + 1);
  const parts = bare.split(/\s*(?:,|&|\band\b)\s*/).filter((part) => part !== "");
  const positions = parts.map((part) => parsePosition(part, length));
  return positions.length > 0 && positions.every((one) => one !== undefined)
    ? positions
    : undefined;
}

function parsePosition(part: string, length: number): number | undefined {
  const word = part
    .replace(/^(?:the|number|no\.?|task|item)\s+/, "")
    .replace(/\s+(?:one|task|item)$/, "");
  if (word === "last") return Math.max(length, 1);
  const digits = /^#?(\d{1,3})(?:st|nd|rd|th)?$/.exec(word)?.[1];
  if (digits !== undefined) return Number(digits);
  const named = ordinals.indexOf(word) + 1 || cardinals.indexOf(word) + 1;
  return named > 0 ? named : undefined;
}

const fillerWords =
  /\b(?:the|my|a|an|task|tasks|todo|item|reminder|one|about|called|named|to|for|of|with|that|says)\b/gi;

async function findByTitle(text: string, run: RunTool, completed?: boolean): Promise<FoundTasks> {
  const name = unquote(text.replace(/^(?:the|my) (?:task|todo|item)\s+(?=\S)/i, ""));
  const looseName = tidy(name.replace(fillerWords, " "));
  for (const query of new Set([name, looseName])) {
    if (query === "") continue;
    const args = {
      query: firstCharacters(query, SEARCH_MAX_LENGTH),
      ...(completed !== undefined && { completed }),
    };
    const { tasks } = await run({ name: "search_tasks", args });
    const exact = tasks.filter(({ title }) => title.toLowerCase() === name.toLowerCase());
    const likely = exact.length > 0 ? exact : tasks;
    const [only] = likely;
    if (likely.length === 1 && only !== undefined)
      return { kind: "ids", ids: [only.id], all: false };
    if (likely.length > 1) return { kind: "several", tasks: likely };
  }
  const which = completed === undefined ? "a task" : completed ? "a done task" : "an open task";
  return { kind: "none", why: `I can't find ${which} that matches “${name}”.` };
}
