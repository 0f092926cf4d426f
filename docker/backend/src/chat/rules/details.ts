import { TITLE_MAX } from "../../tasks/schema.ts";
import type { NewTask, Priority } from "../../tasks/task.ts";
import { firstCharacters } from "../../text.ts";
import { type Day, findDay } from "./days.ts";

const URGENT = /\b(?:urgent(?:ly)?|asap|very important|important)\b/i;
const NAMED = /\b(?:with |at |of |as )?(?:a )?(high|medium|normal|low)(?:est)?[- ]priority\b/i;
const PRIORITY_IS =
  /\b(?:with )?priority(?: is| to|:|=)? (high|medium|normal|low)\b|(?:^|\s)!(high|medium|low)\b/i;

/** The priority that a text names, and the text without it. */
export function takePriority(text: string): { priority?: Priority; rest: string } {
  for (const pattern of [NAMED, PRIORITY_IS, URGENT]) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const word = (found[1] ?? found[2] ?? "high").toLowerCase();
    const priority = word === "normal" ? "medium" : (word as Priority);
    return { priority, rest: cut(text, found.index, found[0].length) };
  }
  return { rest: text };
}

/** The #tags of a text, and the text without them. */
export function takeTags(text: string): { tags: string[]; rest: string } {
  const tags: string[] = [];
  const rest = text.replace(
    /(^|\s)#([\p{L}\p{N}_-]{1,40})(?=\s|$|[,.;])/gu,
    (all, before: string, tag: string) => {
      // "#2" is the second one of a list.
      if (/^\d+$/.test(tag)) return all;
      tags.push(tag.toLowerCase());
      return before;
    },
  );
  return { tags, rest: tidy(rest) };
}

/** What stands between a task and its day: "by Friday", "due on Friday", "for Friday". */
const BEFORE_DAY =
  /(?:[,;]?\s*(?:\b(?:and|that|which|it)\s+)?(?:\b(?:is|it's)\s+)?\b(?:due|by|on|before|until|till|for|at|deadline|due date)[: ]*)+$/i;

/** The day that a text names, and the text without it. */
export function takeDay(text: string, today: Day): { day?: Day; rest: string } {
  const found = findDay(text, today);
  if (found === undefined) return { rest: text };
  const before = text.slice(0, found.index).replace(BEFORE_DAY, " ");
  const after = text.slice(found.index + found.text.length);
  return { day: found.day, rest: tidy(`${before} ${after}`) };
}

/** The task that a text describes: "buy milk tomorrow #shop, high priority". */
export function describeTask(text: string, today: Day): NewTask | undefined {
  const quoted = /^[“"'‘](.+?)[”"'’](?=\s|$|[,.;:])/.exec(text);
  let rest = quoted === null ? text : text.slice(quoted[0].length);
  const [main = "", ...more] = rest.split(/\s*[,;:]?\s*\b(?:description|details?|notes?): /i);
  rest = main;
  const { tags, rest: untagged } = takeTags(rest);
  const { priority, rest: plain } = takePriority(untagged);
  const { day, rest: title } = takeDay(plain, today);
  const name = tidy(quoted?.[1] ?? title);
  if (name === "") return undefined;
  return {
    title: firstCharacters(name, TITLE_MAX).trimEnd(),
    ...(more.length > 0 && { description: more.join(" ").trim() }),
    ...(tags.length > 0 && { tags }),
    ...(priority !== undefined && { priority }),
    ...(day !== undefined && { dueDate: day }),
  };
}

function cut(text: string, index: number, length: number): string {
  return tidy(`${text.slice(0, index)} ${text.slice(index + length)}`);
}

/** Without doubled spaces, and without the commas and little words that a cut has left at the end. */
export function tidy(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/\s+([,.;])/g, "$1")
    .replace(/^[\s,;:.–-]+/, "")
    .replace(/(?:[\s,;:.–-]|\b(?:and|with|as|that is|which is))+$/i, "")
    .trim();
}
