import { firstCharacters } from "../../lib/text.ts";
import { SEARCH_MAX_LENGTH } from "../../tasks/schemas.ts";
import { type CommandParser, match, unquote } from "./command.ts";
import { findSpan } from "./dates.ts";
import { extractPriority, extractTags } from "./task-description.ts";

const search: CommandParser = (text) => {
  const [, words] =
    match(
      /^(?:search|find|look|look up)(?: for)? (?:(?:all|any|the|my|a) )*(?:tasks? )?(?:(?:about|with|for|named|called|containing|that mentions?) )?(.+)$/i,
      text,
    ) ??
    match(
      /^(?:do i have|is there|are there|have i got) (?:(?:a|any|some) )?(?:tasks?|todos?|anything) (?:about|for|with|named|called|on) (.+)$/i,
      text,
    ) ??
    match(
      /^(?:show|list)(?: me)?(?: all| my| the)* tasks? (?:about|containing|that mentions?|with the word) (.+)$/i,
      text,
    ) ??
    [];
  if (words === undefined) return undefined;
  const search = firstCharacters(unquote(words), SEARCH_MAX_LENGTH);
  return { kind: "list", query: { search }, words: `tasks with “${search}”`, count: false };
};

const listWords =
  /^(?:list|show|display|view|see|give|tell|read|what|which|how many|do i have|have i|any|is there|are there|my|all|open|overdue|tasks?|todos?|to-dos?|done|completed|finished|pending|today|tomorrow|this week|next week|count)\b/i;

const taskWords =
  /\b(?:tasks?|todos?|to-dos?|to do|list|due|open|left|remaining|pending|done|finished|completed|next|priority|urgent|important)\b|#\w/;

const list: CommandParser = (text, today) => {
  if (!listWords.test(text)) return undefined;
  const lower = text.toLowerCase();
  const { tags, rest } = extractTags(lower);
  const tagged =
    /\b(?:tagged|labell?ed|with (?:the )?tag)(?: with| as)? "?([\p{L}\p{N}_-]+)"?/u.exec(rest)?.[1];
  const { priority: level } = extractPriority(rest);
  const finished =
    /\b(?:done|completed?|finished|closed)\b/.test(rest) &&
    !/\b(?:not|to be|get|need to be) (?:done|complete|finished)/.test(rest);
  const everything = /\b(?:all|every(?:thing)?)\b/.test(rest) && !/\bopen\b/.test(rest);
  const span = findSpan(rest.replace(/\bhow late\b/g, ""), today);
  const tag = [...tags, ...(tagged === undefined ? [] : [tagged])];
  const completed = finished ? true : everything && span === undefined ? undefined : false;
  // "What is the weather?" is not about tasks.
  if (
    /^(?:what|which|give|tell|read|see|view|any)\b/.test(rest) &&
    span === undefined &&
    !taskWords.test(lower)
  ) {
    return undefined;
  }
  const words = [
    ...(completed === undefined ? [] : [completed ? "done" : "open"]),
    ...(level === undefined ? [] : [`${level}-priority`]),
  ];
  const after = [
    ...(tag.length > 0 ? [`tagged ${tag.map((one) => `#${one}`).join(" ")}`] : []),
    ...(span === undefined ? [] : [span.words]),
  ];
  return {
    kind: "list",
    count: /^(?:how many|count)\b/i.test(text),
    words: [...words, "tasks", ...after].join(" "),
    query: {
      ...(completed !== undefined && { completed }),
      ...(level !== undefined && { priority: [level] }),
      ...(tag.length > 0 && { tag }),
      ...(span?.dueFrom !== undefined && { dueFrom: span.dueFrom }),
      ...(span?.dueTo !== undefined && { dueTo: span.dueTo }),
      ...(span !== undefined && { sort: "dueDate" as const }),
    },
  };
};

/** Parsers of sentences that ask for tasks. */
export const listCommands: readonly CommandParser[] = [search, list];
