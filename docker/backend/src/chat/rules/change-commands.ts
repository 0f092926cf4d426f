import { firstCharacters } from "../../lib/text.ts";
import { TAG_MAX_LENGTH, type TaskChange, TITLE_MAX_LENGTH } from "../../tasks/schemas.ts";
import type { Action } from "../types.ts";
import { type Command, type CommandParser, match, unquote } from "./command.ts";
import { findDay, plusDays } from "./dates.ts";

const act = (action: Action, on: string): Command => ({ kind: "act", action, on });
const update = (change: TaskChange, on: string): Command => act({ do: "update", change }, on);

const rename: CommandParser = (text) => {
  const [, on = "", title = ""] =
    match(/^(?:rename|retitle) (.+?) (?:to|as|into) (.+)$/i, text) ??
    match(/^(?:change|set|edit) the (?:title|name) of (.+?) to (.+)$/i, text) ??
    [];
  return title === ""
    ? undefined
    : update({ title: firstCharacters(unquote(title), TITLE_MAX_LENGTH) }, on);
};

const describe: CommandParser = (text) => {
  const [, on = "", description = ""] =
    match(
      /^(?:set|change|edit) the (?:description|notes?) (?:of|for|on) (.+?) to:? (.+)$/i,
      text,
    ) ??
    match(/^(?:add|attach) (?:a )?(?:description|note) to (.+?): ?(.+)$/i, text) ??
    match(/^describe (.+?) as:? (.+)$/i, text) ??
    [];
  return description === "" ? undefined : update({ description: unquote(description) }, on);
};

const tag: CommandParser = (text) => {
  const adding =
    match(/^tag (.+?) (?:with|as) (.+)$/i, text) ??
    swap(match(/^add (?:the |a )?tags? (.+?) to (.+)$/i, text));
  const removing =
    match(/^untag (.+?) (?:from|as|with) (.+)$/i, text) ??
    swap(match(/^(?:remove|delete) (?:the )?tags? (.+?) (?:from|of) (.+)$/i, text));
  const [, on = "", list = ""] = adding ?? removing ?? [];
  if (on === "") return undefined;
  const tags = list
    .split(/\s*(?:,|\band\b)\s*|\s+(?=#)/i)
    .map((one) => firstCharacters(unquote(one).replace(/^#/, "").toLowerCase(), TAG_MAX_LENGTH))
    .filter((one) => one !== "");
  const change = adding === undefined ? { add: [], remove: tags } : { add: tags, remove: [] };
  return act({ do: "update", change: {}, tags: change }, on);
};

function swap(found: string[] | undefined): string[] | undefined {
  return found === undefined ? undefined : [found[0] ?? "", found[2] ?? "", found[1] ?? ""];
}

const priority: CommandParser = (text) => {
  const [, on = "", words = ""] =
    match(
      /^(?:set|change|make|raise|lower) (?:the )?priority (?:of|for|on) (.+?) (?:to|as|=) (\w+)$/i,
      text,
    ) ??
    match(
      /^(?:make|set|mark|flag) (.+?) (?:as |to |a )*((?:high|medium|normal|low)(?: priority)?|urgent|important)$/i,
      text,
    ) ??
    match(/^(?:prioriti[sz]e) (.+)()$/i, text) ??
    [];
  if (on === "") return undefined;
  const level = /^(high|medium|low)/i.exec(words)?.[1]?.toLowerCase();
  const value = level ?? (/^normal/i.test(words) ? "medium" : "high");
  return update({ priority: value as "low" | "medium" | "high" }, on);
};

const due: CommandParser = (text, today) => {
  const [, undated] =
    match(
      /^(?:remove|clear|delete|drop) the (?:due date|deadline|date) (?:of|from|for|on) (.+)$/i,
      text,
    ) ?? [];
  if (undated !== undefined) return update({ dueDate: null }, undated);
  const [, late, count, unit] =
    match(
      /^(?:postpone|delay|push(?: back)?|move|shift) (.+?) by (an?|\d{1,3}|one|two|three) (day|week)s?$/i,
      text,
    ) ?? [];
  if (late !== undefined) {
    const number =
      { a: 1, an: 1, one: 1, two: 2, three: 3 }[count?.toLowerCase() ?? ""] ?? Number(count);
    return act({ do: "shift", days: number * (unit?.toLowerCase() === "week" ? 7 : 1) }, late);
  }
  const [, on = "", when = ""] =
    match(
      /^(?:set|change|move|make) the (?:due date|deadline|date) (?:of|for|on) (.+) (?:to|on|as) (.+)$/i,
      text,
    ) ??
    match(
      /^(?:move|reschedule|postpone|delay|push(?: back)?|shift) (.+?) (?:to|until|till|for|on|by) (.+)$/i,
      text,
    ) ??
    match(/^(?:make|set) (.+?) (?:to be )?due (?:on |by )?(.+)$/i, text) ??
    match(/^(.+?) (?:is|should be) due (?:on |by )?(.+)$/i, text) ??
    match(/^(?:postpone|delay|reschedule) (.+?) ((?:tomorrow|next|in) ?.*)$/i, text) ??
    [];
  if (on === "" || /\b(?:what|which|who|how|everything|anything)\b/i.test(on)) return undefined;
  const day =
    findDay(when, today)?.day ?? (/^next week$/i.test(when) ? plusDays(today, 7) : undefined);
  return day === undefined ? undefined : update({ dueDate: day }, on);
};

const reopen: CommandParser = (text) => {
  const [, on] =
    match(
      /^(?:mark|set) (.+?) (?:as |to )?(?:not (?:yet )?(?:done|completed?|finished)|undone|open|incomplete|unfinished|pending|todo)$/i,
      text,
    ) ??
    match(/^(?:reopen|uncheck|untick|unfinish|undo|restore) (.+)$/i, text) ??
    match(/^(.+?) (?:is|are) not (?:yet )?(?:done|complete|finished)$/i, text) ??
    [];
  return on === undefined ? undefined : act({ do: "complete", completed: false }, on);
};

const complete: CommandParser = (text) => {
  const [, on] =
    match(
      /^(?:mark|set|check|tick) (.+?) (?:off )?(?:as |to )?(?:done|completed?|finished|closed|off)$/i,
      text,
    ) ??
    match(/^(?:check|tick|cross|mark) off (.+)$/i, text) ??
    match(/^(?:complete|finish|close|resolve|done with|check|tick|done:?) (.+)$/i, text) ??
    match(
      /^i(?:'ve| have|'m| am)? (?:already |just )?(?:done with|done|did|completed|finished(?: with)?) (.+)$/i,
      text,
    ) ??
    match(
      /^(?!what|which|show|list)(.+?) (?:is|are) (?:all )?(?:done|completed?|finished)$/i,
      text,
    ) ??
    match(/^(?!what|which|show|list|get|anything|something|add|create)(.+?) done$/i, text) ??
    [];
  return on === undefined ? undefined : act({ do: "complete", completed: true }, on);
};

const remove: CommandParser = (text) => {
  const [, on] =
    match(
      /^(?:delete|remove|drop|erase|discard|scrap|trash|clear|cancel|get rid of|throw away) (.+?)(?: from (?:my|the) (?:list|tasks|todos?))?$/i,
      text,
    ) ?? [];
  return on === undefined ? undefined : act({ do: "delete" }, on);
};

/**
 * Parsers of sentences that change or delete existing tasks. `reopen` comes before `complete`,
 * which would also match "mark x as not done".
 */
export const changeCommands: readonly CommandParser[] = [
  ...[rename, describe, tag, due, reopen, priority, complete, remove],
];
