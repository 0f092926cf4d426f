import assert from "node:assert/strict";
import { addDays, dueInWords, today } from "../src/lib/dates.ts";
import { flawOfTags, parseTags } from "../src/lib/tags.ts";
import { fromAddress, toAddress } from "../src/lib/task-address.ts";
import { EVERYTHING, isFiltered, toParameters } from "../src/lib/task-query.ts";
import { uuid } from "../src/lib/uuid.ts";

/** A Friday. */
const NOW = new Date(2026, 6, 3, 23, 59);

describe("dates", () => {
  it("are those of this place", () => {
    assert.equal(today(NOW), "2026-07-03");
    assert.equal(addDays("2026-02-28", 1), "2026-03-01");
    assert.equal(addDays("2026-01-01", -1), "2025-12-31");
  });

  for (const [due, words] of [
    ["2026-07-03", "today"],
    ["2026-07-04", "tomorrow"],
    ["2026-07-02", "yesterday"],
    ["2026-07-10", "Fri, 10 Jul"],
    ["2027-01-01", "Fri, 1 Jan 2027"],
  ] as const) {
    it(`are told as people do: ${words}`, () => {
      assert.equal(dueInWords(due, "2026-07-03").replace(/^(Fri) /, "$1, "), words);
    });
  }
});

describe("tags", () => {
  it("are read as they are typed", () => {
    assert.deepEqual(parseTags(" Home, #garden ,, home, # two words"), [
      "home",
      "garden",
      "two words",
    ]);
  });

  it("that the API would refuse are told before", () => {
    assert.equal(flawOfTags(["a"]), undefined);
    assert.match(flawOfTags(["x".repeat(41)]) ?? "", /longer than 40/);
    assert.match(
      flawOfTags(Array.from({ length: 21 }, (_, index) => `t${index}`)) ?? "",
      /20 tags/,
    );
  });
});

describe("a query", () => {
  const text = (query: Partial<typeof EVERYTHING>): string =>
    toParameters({ ...EVERYTHING, ...query }, NOW).toString();

  it("for everything asks for nothing but an order", () => {
    assert.equal(text({}), "sort=createdAt");
    assert.equal(isFiltered(EVERYTHING), false);
  });

  for (const [query, expected] of [
    [{ search: " milk " }, "sort=createdAt&search=milk"],
    [{ status: "open" }, "sort=createdAt&completed=false"],
    [{ status: "done", sort: "title" }, "sort=title&completed=true"],
    [{ priority: "high", tags: ["a", "b c"] }, "sort=createdAt&priority=high&tag=a&tag=b+c"],
    [{ due: "overdue" }, "sort=createdAt&dueTo=2026-07-02&completed=false"],
    [{ due: "today" }, "sort=createdAt&dueFrom=2026-07-03&dueTo=2026-07-03"],
    [{ due: "week" }, "sort=createdAt&dueFrom=2026-07-03&dueTo=2026-07-09"],
  ] as readonly (readonly [Partial<typeof EVERYTHING>, string])[]) {
    it(`is put as the API takes it: ${expected}`, () => {
      assert.equal(text(query), expected);
      assert.equal(isFiltered({ ...EVERYTHING, ...query }), true);
    });
  }
});

describe("the page's address", () => {
  for (const [query, address] of [
    [{}, ""],
    [{ search: "milk & more" }, "?search=milk+%26+more"],
    [{ status: "done", sort: "title" }, "?status=done&sort=title"],
    [
      { priority: "high", due: "week", tags: ["a", "b c"] },
      "?priority=high&due=week&tag=a&tag=b+c",
    ],
    [{ tags: ["one, two"] }, "?tag=one%2C+two"],
  ] as readonly (readonly [Partial<typeof EVERYTHING>, string])[]) {
    it(`says which tasks are shown: ${address || "nothing for all"}`, () => {
      const whole = { ...EVERYTHING, ...query };
      assert.equal(toAddress(whole), address);
      assert.deepEqual(fromAddress(new URLSearchParams(address)), whole);
    });
  }

  it("means every task where it makes no sense", () => {
    const address = "?status=maybe&priority=&due=yesterday&sort=toString&tag=&page=2";
    assert.deepEqual(fromAddress(new URLSearchParams(address)), EVERYTHING);
  });
});

it("UUIDs are random ones of version 4", () => {
  const all = new Set(Array.from({ length: 100 }, uuid));
  assert.equal(all.size, 100);
  for (const one of all) {
    assert.match(one, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
});
