/** Returns the local date as `YYYY-MM-DD`. */
export function today(now = new Date()): string {
  const pad = (part: number): string => String(part).padStart(2, "0");
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
}

/** Returns the date that is `days` days after `date`, both as `YYYY-MM-DD`. `days` may be negative. */
export function addDays(date: string, days: number): string {
  const result = new Date(`${date}T00:00:00Z`);
  result.setUTCDate(result.getUTCDate() + days);
  return result.toISOString().slice(0, 10);
}

/**
 * Formats a date relative to the current one, both as `YYYY-MM-DD`: "today", "tomorrow", "yesterday",
 * or "Fri, 3 Jul", with the year if it differs.
 */
export function formatDate(date: string, currentDate: string): string {
  if (date === currentDate) return "today";
  if (date === addDays(currentDate, 1)) return "tomorrow";
  if (date === addDays(currentDate, -1)) return "yesterday";
  return new Intl.DateTimeFormat("en-GB", {
    timeZone: "UTC",
    weekday: "short",
    day: "numeric",
    month: "short",
    ...(date.slice(0, 4) === currentDate.slice(0, 4) ? {} : { year: "numeric" }),
  }).format(new Date(`${date}T00:00:00Z`));
}
