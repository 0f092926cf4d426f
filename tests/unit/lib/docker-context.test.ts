import assert from "node:assert/strict";
import { contextFiles } from "../../../lib/docker-context";
import { Folder } from "../../support/folder";

const files = [
  "Dockerfile",
  "KEEP.md",
  "README.md",
  "app/(auth)/page.tsx",
  "app/[...path]/route.ts",
  "dist/keep/a.js",
  "dist/main.js",
  "docs/NOTES.md",
  "node_modules/a/index.js",
  "src/a+b.ts",
  "src/main.ts",
  "src/readme.MD",
];

describe("lib: files of a docker build context", () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder(Object.fromEntries(files.map((file) => [file, ""])));
  });
  afterEach(() => {
    folder.remove();
  });
  const list = () => contextFiles({ context: folder.path, dockerfile: folder.file("Dockerfile") });
  /** The files that a .dockerignore of these lines leaves. */
  const left = (...lines: string[]) => {
    folder.write(".dockerignore", lines.join("\n"));
    return list().filter((file) => file !== ".dockerignore");
  };
  const without = (...excluded: string[]) => files.filter((file) => !excluded.includes(file));

  it("are all where there is no .dockerignore", () => {
    assert.deepEqual(list(), files);
  });

  // Each of these was compared with `docker build`, the classic builder of version 20.10.
  const cases: [string, string[], string[]][] = [
    [
      "folders and their contents",
      ["dist/", "/src"],
      without("dist/keep/a.js", "dist/main.js", "src/a+b.ts", "src/main.ts", "src/readme.MD"),
    ],
    ["** and the case of letters", ["**/*.md"], without("KEEP.md", "README.md", "docs/NOTES.md")],
    ["! again", ["*", "!src/main.ts", "!dist"], ["dist/keep/a.js", "dist/main.js", "src/main.ts"]],
    ["indented lines", ["  *", "  !src/main.ts"], ["src/main.ts"]],
    ["space after !", ["*", "! src/main.ts "], ["src/main.ts"]],
    [
      "a comment only without indentation",
      ["#dist", " #src", "dist"],
      without("dist/keep/a.js", "dist/main.js"),
    ],
    ["CRLF and a byte order mark", ["\uFEFF*\r", "!dist\r", "dist/keep\r"], ["dist/main.js"]],
    [
      "the last line that matches",
      ["!dist", "dist", "!dist/keep", "dist/keep/a.js"],
      without("dist/keep/a.js", "dist/main.js"),
    ],
    [
      "parentheses, plus signs and dots as they are",
      ["app/(auth)/*", "src/a+b.ts", "src/main?ts", "R.ADME.md"],
      without("app/(auth)/page.tsx", "src/a+b.ts", "src/main.ts"),
    ],
    [
      "brackets as a class of characters",
      ["app/[[]...path]", "[A-L]*.md"],
      without("app/[...path]/route.ts", "KEEP.md"),
    ],
    ["a backslash that escapes", ["app/\\[...path\\]"], without("app/[...path]/route.ts")],
    [
      "** at an end as text",
      ["**s.md", "**/route.ts", "node_modules/**"],
      without("app/[...path]/route.ts", "node_modules/a/index.js"),
    ],
    ["paths that aren't clean", ["./dist//keep/../main.js"], without("dist/main.js")],
    [
      "a folder's line only where it could change something",
      ["**/*.md", "!docs"],
      without("KEEP.md", "README.md", "docs/NOTES.md"),
    ],
  ];
  for (const [title, lines, expected] of cases) {
    it(`follow .dockerignore: ${title}`, () => {
      assert.deepEqual(left(...lines), expected);
    });
  }

  it("are those that the Dockerfile's own .dockerignore leaves, where it has one", () => {
    folder.write(".dockerignore", "dist\n");
    folder.write("Dockerfile.dockerignore", "*\n!src/main.ts\n");
    assert.deepEqual(list(), ["src/main.ts"]);
  });

  it("refuse a line that docker refuses", () => {
    assert.throws(() => left("dist", "!"), /\.dockerignore has a line that is only "!"/);
  });
});
