/** The day at this moment and place, as `YYYY-MM-DD`. */
export function today(now = new Date()): string {
  const pad = (part: number): string => String(part).padStart(2, "0");
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
}

/** So many days after a day, both as `YYYY-MM-DD`. */
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** A due date in words, seen from a day: "today", "tomorrow", "Fri, 3 Jul", with the year if it is another. */
export function dueInWords(due: string, from: string): string {
  if (due === from) return "today";
  if (due === addDays(from, 1)) return "tomorrow";
  if (due === addDays(from, -1)) return "yesterday";
  return new Intl.DateTimeFormat("en-GB", {
    timeZone: "UTC",
    weekday: "short",
    day: "numeric",
    month: "short",
    ...(due.slice(0, 4) === from.slice(0, 4) ? {} : { year: "numeric" }),
  }).format(new Date(`${due}T00:00:00Z`));
}
