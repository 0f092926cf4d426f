import assert from "node:assert/strict";
import { defaultQuery, isFiltered, toApiParameters } from "../src/features/tasks/task-query.ts";
import { parseTags, validateTags } from "../src/features/tasks/task-tags.ts";
import { fromUrlParameters, toUrlSearch } from "../src/features/tasks/url-filters.ts";

/** A Friday. */
const now = new Date(2026, 6, 3, 23, 59);

describe("task tags", () => {
  it("are parsed from a comma-separated list", () => {
    assert.deepEqual(parseTags(" Home, #garden ,, home, # two words"), [
      "home",
      "garden",
      "two words",
    ]);
  });

  it("are checked against the limits of the API", () => {
    assert.equal(validateTags(["a"]), undefined);
    assert.match(validateTags(["x".repeat(41)]) ?? "", /longer than 40/);
    assert.match(
      validateTags(Array.from({ length: 21 }, (_, index) => `t${index}`)) ?? "",
      /20 tags/,
    );
  });
});

describe("the task query", () => {
  const text = (query: Partial<typeof defaultQuery>): string =>
    toApiParameters({ ...defaultQuery, ...query }, now).toString();

  it("has only a sort order by default", () => {
    assert.equal(text({}), "sort=createdAt");
    assert.equal(isFiltered(defaultQuery), false);
  });

  for (const [query, expected] of [
    [{ search: " milk " }, "sort=createdAt&search=milk"],
    [{ status: "open" }, "sort=createdAt&completed=false"],
    [{ status: "done", sort: "title" }, "sort=title&completed=true"],
    [{ priority: "high", tags: ["a", "b c"] }, "sort=createdAt&priority=high&tag=a&tag=b+c"],
    [{ due: "overdue" }, "sort=createdAt&dueTo=2026-07-02&completed=false"],
    [{ due: "today" }, "sort=createdAt&dueFrom=2026-07-03&dueTo=2026-07-03"],
    [{ due: "week" }, "sort=createdAt&dueFrom=2026-07-03&dueTo=2026-07-09"],
  ] as readonly (readonly [Partial<typeof defaultQuery>, string])[]) {
    it(`is converted to API parameters: ${expected}`, () => {
      assert.equal(text(query), expected);
      assert.equal(isFiltered({ ...defaultQuery, ...query }), true);
    });
  }
});

describe("the URL filters", () => {
  for (const [query, search] of [
    [{}, ""],
    [{ search: "milk & more" }, "?search=milk+%26+more"],
    [{ status: "done", sort: "title" }, "?status=done&sort=title"],
    [
      { priority: "high", due: "week", tags: ["a", "b c"] },
      "?priority=high&due=week&tag=a&tag=b+c",
    ],
    [{ tags: ["one, two"] }, "?tag=one%2C+two"],
  ] as readonly (readonly [Partial<typeof defaultQuery>, string])[]) {
    it(`store the query: ${search || "nothing for the default"}`, () => {
      const fullQuery = { ...defaultQuery, ...query };
      assert.equal(toUrlSearch(fullQuery), search);
      assert.deepEqual(fromUrlParameters(new URLSearchParams(search)), fullQuery);
    });
  }

  it("ignore invalid values", () => {
    const search = "?status=maybe&priority=&due=yesterday&sort=toString&tag=&page=2";
    assert.deepEqual(fromUrlParameters(new URLSearchParams(search)), defaultQuery);
  });
});
