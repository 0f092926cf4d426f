import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { chartFiles } from "../../../../components/release/chart-files";
import { Folder } from "../../../support/folder";

const files = {
  "Chart.yaml": "apiVersion: v2\nname: some\nversion: 1.0.0\n",
  "values.yaml": "a: 1\n",
  ".DS_Store": "",
  "ci/values.yaml": "",
  "docs/ci": "",
  "docs/a.md": "",
  "docs/deep/a.md": "",
  "files/.DS_Store": "",
  "files/a[1].txt": "",
  "templates/.draft.yaml": "",
  "templates/a.yaml": "",
  "templates/a.yaml.swp": "",
  "templates/a.yaml~": "",
};

describe("components: files of the chart", () => {
  let chart: Folder;
  beforeEach(() => (chart = new Folder(files)));
  afterEach(() => {
    chart.remove();
  });

  /** The files that helm itself packs. */
  function packed(): string[] {
    const out = new Folder();
    execFileSync("helm", ["package", chart.path, "--destination", out.path], { stdio: "pipe" });
    const list = execFileSync("tar", ["-tzf", out.file("some-1.0.0.tgz")], { encoding: "utf8" });
    out.remove();
    return list
      .split("\n")
      .filter((file) => file !== "")
      .map((file) => file.replace(/^some\//, ""))
      .sort();
  }

  const cases: Record<string, string[]> = {
    "without rules": [],
    "names at any depth": [".DS_Store", "*.swp", "*~", ".helmignore"],
    "folders only, at any depth": ["ci/"],
    "paths from the top": ["/ci", "docs/*.md", "/templates/a.yaml?"],
    "classes and escapes": ["a[[]?].txt", "[!a]*", "[^C-v]*", "a\\[1\\].txt"],
    "indented lines, comments and CRLF": ["  # comment\r", "  docs \r", ""],
    "a byte order mark": ["\uFEFFdocs/"],
  };
  for (const [title, lines] of Object.entries(cases)) {
    it(`are those that helm packs: ${title}`, () => {
      chart.write(".helmignore", lines.join("\n"));
      assert.deepEqual(chartFiles(chart.path), packed());
    });
  }

  it("are those that helm packs: ! leaves out what it doesn't match", () => {
    // With this rule helm finds no Chart.yaml, so that it has nothing to pack.
    chart.write(".helmignore", "!templates\n");
    assert.deepEqual(chartFiles(chart.path), []);
    assert.throws(packed, /Chart\.yaml/);
  });

  it("are those that links lead to", () => {
    symlinkSync("docs", chart.file("more"));
    assert.deepEqual(chartFiles(chart.path), packed());
  });

  it("can't be told where helm refuses a rule", () => {
    chart.write(".helmignore", "**/a.md\n");
    assert.throws(() => chartFiles(chart.path), /the line "\*\*\/a\.md", but helm knows no \*\*/);
    assert.throws(packed, /double-star/);
  });
});
