import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import path from "node:path";
import { brokenReferences } from "../support/document-references";
import { Folder } from "../support/folder";
import { ROOT } from "../support/stacks";

/** Folders without documents of this repository. */
const notOurs = new Set([".git", ".next", "artifacts", "dist", "node_modules"]);

/** Documents that describe the repository as it is. CHANGELOG.md is not one: it names earlier paths. */
const documents = [
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  ...readdirSync(path.join(ROOT, "docs/decisions")).map((name) => `docs/decisions/${name}`),
  ...readmes(""),
];

/** Every README.md in and below a folder. */
function readmes(folder: string): string[] {
  const entries = readdirSync(path.join(ROOT, folder), { withFileTypes: true });
  return entries.flatMap((entry) => {
    const name = path.join(folder, entry.name);
    if (entry.isFile()) return entry.name === "README.md" ? [name] : [];
    return entry.isDirectory() && !notOurs.has(entry.name) ? readmes(name) : [];
  });
}

describe("the documents", () => {
  it("include the README of the repository and of its rooms", () => {
    for (const room of [
      ".",
      "lib",
      "components/images",
      "docs",
      "docker/backend",
      "helm/todo-app",
    ]) {
      assert.ok(documents.includes(path.join(room, "README.md")), room);
    }
  });

  for (const document of documents) {
    it(`${document} names only files, headings and scripts that exist`, () => {
      assert.deepEqual(brokenReferences(path.join(ROOT, document), ROOT), []);
    });
  }
});

describe("the check of a document's references", () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder({
      "package.json": '{ "scripts": { "up": "x" } }',
      "app/package.json": '{ "scripts": { "test": "x" } }',
      "lib/errors.ts": "",
      "docs/other.md": "# The other one\n",
    });
  });
  afterEach(() => {
    folder.remove();
  });

  /** The broken references of a document with this text, at the root or in the given folder. */
  function broken(text: string, name = "README.md"): string[] {
    const file = folder.write(name, text);
    return brokenReferences(file, folder.path).map(({ reference }) => reference);
  }

  it("accepts what exists", () => {
    const text = [
      "# Here",
      "[file](lib/errors.ts), [heading](docs/other.md#the-other-one), [here](#here), [web](https://a.b/c)",
      "`lib/errors.ts`, `lib/*.ts`, `lib/<name>.ts`, `lib/NNNN_name.ts`, `lib/`, `docs`",
      "`npm run up`, `npm --prefix app run test`, `npm run <script>`",
    ].join("\n\n");
    folder.write("lib/0001_first.ts", "");
    assert.deepEqual(broken(text), []);
  });

  it("accepts paths and scripts of the document's own folder", () => {
    folder.write("app/src/main.ts", "");
    assert.deepEqual(broken("`src/main.ts`, `npm run test`, `lib/errors.ts`", "app/README.md"), []);
  });

  it("takes no other text with a slash for a path", () => {
    const text =
      "`text/html`, `/api/tasks`, `~/.cache/a.json`, `@pulumi/pulumi`, `a.com/`, `dist/main.js`, `../lib/gone`, `a/b c.ts`";
    assert.deepEqual(broken(text), []);
  });

  const planted: readonly [what: string, text: string, reference: string][] = [
    ["link", "[file](lib/gone.ts)", "lib/gone.ts"],
    ["image", '<img src="docs/gone.png">', "docs/gone.png"],
    ["heading", "[heading](docs/other.md#gone)", "docs/other.md#gone"],
    ["path in a folder that exists", "`lib/gone`", "lib/gone"],
    ["path in a folder that doesn't exist", "`gone/errors.ts`", "gone/errors.ts"],
    ["folder", "`gone/`", "gone/"],
    ["pattern", "`lib/*.md`", "lib/*.md"],
    ["second path of a line", "`lib/errors.ts`, `lib/gone.ts`", "lib/gone.ts"],
    ["script", "`npm run gone`", "npm run gone"],
    ["script in a block of code", "```sh\nnpm run gone # comment\n```", "npm run gone"],
    ["script of a package", "`npm --prefix app run up`", "npm --prefix app run up"],
  ];
  for (const [what, text, reference] of planted) {
    it(`finds a wrong ${what}`, () => {
      assert.deepEqual(broken(text), [reference]);
    });
  }
});
