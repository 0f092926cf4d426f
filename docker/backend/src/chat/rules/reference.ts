import { SEARCH_MAX } from "../../tasks/schema.ts";
import type { Task } from "../../tasks/task.ts";
import { firstCharacters } from "../../text.ts";
import type { Memory, RunTool } from "../types.ts";
import { tidy } from "./details.ts";
import { unquote } from "./reader.ts";

/** What words such as "the second one" or "the milk task" stand for. */
export type Found =
  | { readonly kind: "ids"; readonly ids: readonly string[]; readonly all: boolean }
  | { readonly kind: "several"; readonly tasks: readonly Task[] }
  | { readonly kind: "none"; readonly why: string };

const NUMBERS = [
  ...[
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
  ],
];
const WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

const IT = /^(?:it|that|this|(?:that|this|the) (?:one|task|item|todo)|them)$/i;
const ALL =
  /^(?:all|everything|both|them all|all (?:of )?(?:them|these|those|the tasks|my tasks|tasks)|every(?:thing)?(?: task)?)$/i;

/** Looks for the tasks that words stand for; `completed` narrows it down to what makes sense. */
export async function findTasks(
  words: string,
  memory: Memory,
  run: RunTool,
  completed?: boolean,
): Promise<Found> {
  const text = words.trim();
  if (IT.test(text) && !(/^them$/i.test(text) && memory.shown.length > 1)) return it(memory);
  if (ALL.test(text) || /^them$/i.test(text)) {
    if (memory.shown.length > 0) return { kind: "ids", ids: memory.shown, all: true };
    return { kind: "none", why: "Which ones? Ask me to list some tasks first." };
  }
  const group = await findGroup(text, run);
  if (group !== undefined) return group;
  const positions = readPositions(text, memory.shown.length);
  if (positions !== undefined) return atPositions(positions, memory);
  return byTitle(text, run, completed);
}

function it({ focus, shown }: Memory): Found {
  const id = focus ?? (shown.length === 1 ? shown[0] : undefined);
  if (id !== undefined) return { kind: "ids", ids: [id], all: false };
  return {
    kind: "none",
    why: "Which task do you mean? Say its name, or ask me to list your tasks.",
  };
}

/** "all done tasks", "all overdue tasks" can't be told from the list that was shown. */
async function findGroup(text: string, run: RunTool): Promise<Found | undefined> {
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

function atPositions(positions: readonly number[], { shown }: Memory): Found {
  if (shown.length === 0) {
    return { kind: "none", why: "I haven't shown you a list yet. Say “list my tasks” first." };
  }
  const ids = positions.map((position) => shown[position - 1]);
  if (ids.every((id) => id !== undefined))
    return { kind: "ids", ids: [...new Set(ids)], all: false };
  const there = shown.length === 1 ? "is only 1" : `are only ${shown.length}`;
  return { kind: "none", why: `There ${there} on the last list.` };
}

/** Places on a list, counted from 1: "the second one", "#2", "1, 3 and 4", "the first two", "last". */
export function readPositions(text: string, length: number): number[] | undefined {
  const bare = text
    .toLowerCase()
    .replace(/^(?:the|number|no\.?|task|item|nr\.?)\s+/, "")
    .replace(/^(?:tasks|items|numbers|task number|task #)\s*/, "")
    .replace(/\s+(?:one|ones|task|tasks|item|items|todo)$/, "");
  const first = /^first (\d+|\w+)$/.exec(bare)?.[1];
  const count = first === undefined ? 0 : Number(first) || WORDS.indexOf(first) + 1;
  if (count > 0) return Array.from({ length: count }, (_, index) => index + 1);
  const parts = bare.split(/\s*(?:,|&|\band\b)\s*/).filter((part) => part !== "");
  const positions = parts.map((part) => position(part, length));
  return positions.length > 0 && positions.every((one) => one !== undefined)
    ? positions
    : undefined;
}

function position(part: string, length: number): number | undefined {
  const word = part
    .replace(/^(?:the|number|no\.?|task|item)\s+/, "")
    .replace(/\s+(?:one|task|item)$/, "");
  if (word === "last") return Math.max(length, 1);
  const digits = /^#?(\d{1,3})(?:st|nd|rd|th)?$/.exec(word)?.[1];
  if (digits !== undefined) return Number(digits);
  const named = NUMBERS.indexOf(word) + 1 || WORDS.indexOf(word) + 1;
  return named > 0 ? named : undefined;
}

const FILLERS =
  /\b(?:the|my|a|an|task|tasks|todo|item|reminder|one|about|called|named|to|for|of|with|that|says)\b/gi;

async function byTitle(text: string, run: RunTool, completed?: boolean): Promise<Found> {
  const name = unquote(text.replace(/^(?:the|my) (?:task|todo|item)\s+(?=\S)/i, ""));
  const looseName = tidy(name.replace(FILLERS, " "));
  for (const query of new Set([name, looseName])) {
    if (query === "") continue;
    const args = {
      query: firstCharacters(query, SEARCH_MAX),
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
