import { firstCharacters } from "../../lib/text.ts";
import { type NewTask, type Priority, TITLE_MAX_LENGTH } from "../../tasks/schemas.ts";
import { type Day, findDay } from "./dates.ts";

const urgentWord = /\b(?:urgent(?:ly)?|asap|very important|important)\b/i;
const priorityWord =
  /\b(?:with |at |of |as )?(?:a )?(high|medium|normal|low)(?:est)?[- ]priority\b/i;
const priorityIs =
  /\b(?:with )?priority(?: is| to|:|=)? (high|medium|normal|low)\b|(?:^|\s)!(high|medium|low)\b/i;

/** Returns the priority that a text names, and the rest of the text. */
export function extractPriority(text: string): { priority?: Priority; rest: string } {
  for (const pattern of [priorityWord, priorityIs, urgentWord]) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const word = (found[1] ?? found[2] ?? "high").toLowerCase();
    const priority = word === "normal" ? "medium" : (word as Priority);
    return { priority, rest: remove(text, found.index, found[0].length) };
  }
  return { rest: text };
}

/** Returns the #tags of a text, and the rest of the text. */
export function extractTags(text: string): { tags: string[]; rest: string } {
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

/** The words between a task and its day: "by Friday", "due on Friday", "for Friday". */
const dayPrefix =
  /(?:[,;]?\s*(?:\b(?:and|that|which|it)\s+)?(?:\b(?:is|it's)\s+)?\b(?:due|by|on|before|until|till|for|at|deadline|due date)[: ]*)+$/i;

/** Returns the day that a text names, and the rest of the text. */
export function extractDay(text: string, today: Day): { day?: Day; rest: string } {
  const found = findDay(text, today);
  if (found === undefined) return { rest: text };
  const before = text.slice(0, found.index).replace(dayPrefix, " ");
  const after = text.slice(found.index + found.text.length);
  return { day: found.day, rest: tidy(`${before} ${after}`) };
}

/**
 * Returns the task that a text describes, such as "buy milk tomorrow #shop, high priority", or
 * undefined when there is no title.
 */
export function parseTask(text: string, today: Day): NewTask | undefined {
  const quoted = /^[“"'‘](.+?)[”"'’](?=\s|$|[,.;:])/.exec(text);
  let rest = quoted === null ? text : text.slice(quoted[0].length);
  const [main = "", ...more] = rest.split(/\s*[,;:]?\s*\b(?:description|details?|notes?): /i);
  rest = main;
  const { tags, rest: untagged } = extractTags(rest);
  const { priority, rest: plain } = extractPriority(untagged);
  const { day, rest: title } = extractDay(plain, today);
  const name = tidy(quoted?.[1] ?? title);
  if (name === "") return undefined;
  return {
    title: firstCharacters(name, TITLE_MAX_LENGTH).trimEnd(),
    ...(more.length > 0 && { description: more.join(" ").trim() }),
    ...(tags.length > 0 && { tags }),
    ...(priority !== undefined && { priority }),
    ...(day !== undefined && { dueDate: day }),
  };
}

function remove(text: string, index: number, length: number): string {
  return tidy(`${text.slice(0, index)} ${text.slice(index + length)}`);
}

/** Removes double spaces, and the punctuation and conjunctions that extracting left at the ends. */
export function tidy(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/\s+([,.;])/g, "$1")
    .replace(/^[\s,;:.–-]+/, "")
    .replace(/(?:[\s,;:.–-]|\b(?:and|with|as|that is|which is))+$/i, "")
    .trim();
}
