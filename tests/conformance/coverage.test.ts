import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { generate, generateFull, PAGE } from "../../scripts/docs/conformance/page";
import { type Entry, judge, outcomesOf } from "../../scripts/docs/conformance/sentences";
import { statementsOf } from "../../scripts/docs/conformance/statements";
import { hasTest, titlesOf } from "../../scripts/docs/conformance/test-titles";
import { models } from "../support/conformance/model";

const ids = Object.keys(models).sort();

describe("conformance: no sentence is left out", () => {
  it("splits a model into its sentences, items, rows and lines, and takes headings for what they are", () => {
    const lines = [
      ...[
        "# Title",
        "",
        "One. Two (e.g. three).",
        "",
        "## Part",
        "",
        "**Rules**:",
        "- [ ] An item",
      ],
      ...["1. **A**: b", "", "| H | I |", "|---|---|", "| a | b |", "", "```yaml", "key: 1", "```"],
    ];
    assert.deepEqual(
      statementsOf(lines.join("\n")).map(({ id, kind, text }) => [id, kind, text]),
      [
        ["3.1", "sentence", "One."],
        ["3.2", "sentence", "Two (e.g. three)."],
        ["8", "item", "An item"],
        ["9", "item", "**A**: b"],
        ["13", "row", "a | b"],
        ["16", "code", "key: 1"],
      ],
    );
    const [, , item] = statementsOf(lines.join("\n"));
    assert.deepEqual(item?.section, ["Title", "Part", "Rules"]);
  });

  it("knows a test by its title, whatever stands in its template", () => {
    const file = "tests/chart/lint.test.ts";
    assert.ok(hasTest(file, "passes helm lint --strict with the values DEFAULTS"));
    assert.ok(!hasTest(file, "passes helm lint"));
    assert.ok(!hasTest("tests/chart/none.test.ts", "calls no image latest"));
  });

  it("finds a sentence that is left out, misquoted, or said to be tested where it isn't", () => {
    const statements = statementsOf("- One\n- Two");
    const problems = (...entries: Entry[]) => judge("000", statements, entries).problems;
    const because = { reason: "It is so.", kind: "design" };
    const rest: Entry = { ...because, says: { "2": "Two" } };
    assert.deepEqual(problems({ ...because, says: { "1": "One" } }, rest), []);
    for (const [entry, problem] of [
      [{ ...because, says: {} }, /nothing on 1: One/],
      [{ ...because, says: { "1": "Once" } }, /1 says "One", quoted is "Once"/],
      [{ says: { "1": "One" } }, /1: neither a test nor a reason/],
      [
        { reason: "It is so.", says: { "1": "One" } },
        /1: a reason has one of the kinds .*found none/,
      ],
      [{ ...because, kind: "x", says: { "1": "One" } }, /has one of the kinds .*found x/],
      [{ test: "has no such test", says: { "1": "One" } }, /000\.test\.ts has no test "has no/],
      [{ test: "makes the Minikube of its command", says: { "1-2": "One" } }, /for 2 statements/],
      [{ ...because, says: { "1": "One", "7": "Seven" } }, /7 says "nothing"/],
    ] as const) {
      const found = problems(entry, rest);
      assert.equal(found.length, 1, found.join("\n"));
      assert.match(found[0] ?? "", problem);
    }
  });

  for (const id of ids) {
    it(`${id}: each has a test that exists, or a reason`, () => {
      const { outcomes, problems } = outcomesOf(id);
      assert.ok(outcomes.length >= 100, `${outcomes.length} statements: is that all?`);
      assert.deepEqual(problems, []);
    });
  }

  it("has no test here that asserts nothing of a data model", () => {
    const named = new Set(
      ids.flatMap((id) =>
        outcomesOf(id).outcomes.flatMap(({ tests }) =>
          tests.map(({ file, title }) => `${file} > ${title}`),
        ),
      ),
    );
    const files = readdirSync(__dirname)
      .filter((name) => name.endsWith(".test.ts") && name !== "coverage.test.ts")
      .map((name) => `tests/conformance/${name}`);
    const own = [...files, "tests/e2e/08-data-models.test.ts"].flatMap((file) => {
      const titles = titlesOf(file);
      assert.ok(titles.length > 0, file);
      return titles.map((title) => `${file} > ${title}`);
    });
    assert.deepEqual(
      own.filter((test) => !named.has(test)),
      [],
    );
  });

  it("is summed up in docs/conformance.md", () => {
    const message = "docs/conformance.md is out of date: npm run docs";
    const text = readFileSync(PAGE, "utf8");
    assert.equal(text, generate(), message);
    for (const id of ids) {
      const { outcomes } = outcomesOf(id);
      const tested = outcomes.filter(({ tests }) => tests.length > 0);
      const [, sentences, withTest, , withReasonOnly] =
        new RegExp(`^\\| \\[${id}\\].*\\| (\\d+) \\| (\\d+) \\| (\\d+) \\| (\\d+) \\|$`, "m").exec(
          text,
        ) ?? [];
      assert.deepEqual(
        [sentences, withTest, withReasonOnly],
        [outcomes.length, tested.length, outcomes.length - tested.length].map(String),
        id,
      );
    }
    assert.ok(text.split("\n").length <= 60, "the summary is no longer one screen");
  });

  it("is listed in full, sentence by sentence, by npm run docs:conformance", () => {
    const text = generateFull();
    for (const id of ids) {
      for (const { tests, reasons } of outcomesOf(id).outcomes) {
        for (const { file, title } of tests) {
          assert.ok(text.includes(`](../${file}): ${title.replaceAll("<", "\\<")}`), title);
        }
        for (const reason of reasons) assert.ok(text.includes(reason.text), reason.text);
      }
    }
  });
});
