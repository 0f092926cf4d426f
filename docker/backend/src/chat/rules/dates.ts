import * as chrono from "chrono-node/en";

/** A day, YYYY-MM-DD. */
export type Day = string;

/** Returns today in a time zone (an IANA name). */
export function today(now: Date, timeZone: string): Day {
  // Canadian English formats dates as ISO 8601 does.
  return new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(now);
}

/** Returns the day that is this many days later. */
export function plusDays(day: Day, days: number): Day {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** Returns 1 for Monday to 7 for Sunday. */
function weekday(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

/** A day that a text names, and the part of the text that names it. */
export interface FoundDay {
  readonly day: Day;
  readonly index: number;
  readonly text: string;
}

/**
 * Returns the last day that a text names, such as "tomorrow", "next friday", "in two weeks" or
 * "March 3rd", or undefined when it names none.
 */
export function findDay(text: string, day: Day): FoundDay | undefined {
  // Noon in the time zone of this process, which chrono uses: then "tomorrow" is the next day.
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  const reference = new Date(year, month - 1, date, 12);
  const found = chrono.parse(text, reference, { forwardDate: true }).filter(namesDay).at(-1);
  if (found === undefined) return findOrdinal(text, day);
  const { start } = found;
  const part = (name: "year" | "month" | "day", digits: number): string =>
    String(start.get(name)).padStart(digits, "0");
  const named = `${part("year", 4)}-${part("month", 2)}-${part("day", 2)}`;
  return { day: named, index: found.index, text: found.text };
}

/** Finds "the 1st": the next day with this number. */
function findOrdinal(text: string, day: Day): FoundDay | undefined {
  const found = /\bthe (\d{1,2})(?:st|nd|rd|th)\b(?! (?:one|task|item))/i.exec(text);
  if (found === null) return undefined;
  for (let days = 0; days < 62; days += 1) {
    const candidate = plusDays(day, days);
    if (Number(candidate.slice(8)) === Number(found[1])) {
      return { day: candidate, index: found.index, text: found[0] };
    }
  }
  return undefined;
}

/** Whether chrono found a day: it also finds bare numbers, times of day, and years before 1. */
function namesDay({ start, text }: chrono.ParsedResult): boolean {
  const year = start.get("year") ?? 0;
  if (year < 1 || year > 9999) return false;
  const certain = (["day", "weekday", "month"] as const).some((part) => start.isCertain(part));
  return (
    (certain || /\b(week|month|day|tonight|weekend)/i.test(text)) && !/^\d+$/.test(text.trim())
  );
}

/** A range of days, both included. Without a bound it is open. */
export interface Span {
  readonly dueFrom?: Day;
  readonly dueTo?: Day;
  /** The range in words: "due this week". */
  readonly words: string;
}

/**
 * Returns the range of days that a text names, such as "today", "this week", "next month",
 * "before Friday" or "overdue", or undefined when it names none.
 */
export function findSpan(text: string, day: Day): Span | undefined {
  const has = (pattern: RegExp): boolean => pattern.test(text);
  const sunday = plusDays(day, 7 - weekday(day));
  const month = day.slice(0, 7);
  if (has(/\b(overdue|late|past due|behind|missed)\b/)) {
    return { dueTo: plusDays(day, -1), words: "that are overdue" };
  }
  if (has(/\bthis week ?end\b|\bthe week ?end\b/)) {
    return { dueFrom: plusDays(sunday, -1), dueTo: sunday, words: "due this weekend" };
  }
  if (has(/\bnext week\b/)) {
    const [dueFrom, dueTo] = [plusDays(sunday, 1), plusDays(sunday, 7)];
    return { dueFrom, dueTo, words: "due next week" };
  }
  if (has(/\b(this|the) week\b/)) return { dueFrom: day, dueTo: sunday, words: "due this week" };
  if (has(/\bnext month\b/)) {
    const first = firstOfNext(month);
    const dueTo = plusDays(firstOfNext(first.slice(0, 7)), -1);
    return { dueFrom: first, dueTo, words: "due next month" };
  }
  if (has(/\b(this|the) month\b/)) {
    return { dueFrom: day, dueTo: plusDays(firstOfNext(month), -1), words: "due this month" };
  }
  const days = /\bnext (\d{1,3}) days\b/.exec(text)?.[1];
  if (days !== undefined) {
    return {
      dueFrom: day,
      dueTo: plusDays(day, Number(days)),
      words: `due in the next ${days} days`,
    };
  }
  const found = findDay(text, day);
  if (found === undefined) return undefined;
  const before = text.slice(0, found.index);
  const words = describeDay(found.day, day).replace(/^on /, "");
  if (/\b(before)\s+$/.test(before))
    return { dueTo: plusDays(found.day, -1), words: `due before ${words}` };
  if (/\b(by|until|till)\s+$/.test(before)) return { dueTo: found.day, words: `due by ${words}` };
  if (/\b(after)\s+$/.test(before))
    return { dueFrom: plusDays(found.day, 1), words: `due after ${words}` };
  if (/\b(from|since)\s+$/.test(before))
    return { dueFrom: found.day, words: `due from ${words} on` };
  return { dueFrom: found.day, dueTo: found.day, words: `due ${describeDay(found.day, day)}` };
}

function firstOfNext(month: string): Day {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10);
}

/** Returns a day in words, relative to another day: "today", "on Friday", "on Tue 3 Mar". */
export function describeDay(day: Day, on: Day): string {
  const distance = (Date.parse(day) - Date.parse(on)) / 86_400_000;
  const near = new Map([
    [-1, "yesterday"],
    [0, "today"],
    [1, "tomorrow"],
  ]).get(distance);
  if (near !== undefined) return near;
  const format = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options }).format(Date.parse(day));
  if (distance > 1 && distance < 7) return `on ${format({ weekday: "long" })}`;
  const year = day.slice(0, 4) === on.slice(0, 4) ? {} : ({ year: "numeric" } as const);
  return `on ${format({ weekday: "short", day: "numeric", month: "short", ...year })}`;
}
