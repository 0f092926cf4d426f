import assert from "node:assert/strict";
import { addDays, formatDate, today } from "../src/lib/dates.ts";
import { uuid } from "../src/lib/uuid.ts";

/** A Friday. */
const now = new Date(2026, 6, 3, 23, 59);

describe("dates", () => {
  it("are in the local time zone", () => {
    assert.equal(today(now), "2026-07-03");
    assert.equal(addDays("2026-02-28", 1), "2026-03-01");
    assert.equal(addDays("2026-01-01", -1), "2025-12-31");
  });

  for (const [date, text] of [
    ["2026-07-03", "today"],
    ["2026-07-04", "tomorrow"],
    ["2026-07-02", "yesterday"],
    ["2026-07-10", "Fri, 10 Jul"],
    ["2027-01-01", "Fri, 1 Jan 2027"],
  ] as const) {
    it(`are formatted relative to the current one: ${text}`, () => {
      assert.equal(formatDate(date, "2026-07-03").replace(/^(Fri) /, "$1, "), text);
    });
  }
});

describe("uuid", () => {
  it("returns random UUIDs of version 4", () => {
    const all = new Set(Array.from({ length: 100 }, uuid));
    assert.equal(all.size, 100);
    for (const one of all) {
      assert.match(one, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
  });
});
