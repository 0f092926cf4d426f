import assert from "node:assert/strict";
import { chmodSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import { type BuildInputs, contentHash } from "../../../../components/images";
import { contextFiles } from "../../../../lib/docker-context";
import { hashFiles } from "../../../../lib/hash-files";
import { listFiles } from "../../../../lib/list-files";
import { Folder } from "../../../support/folder";
import { ROOT } from "../../../support/stacks";

const files = {
  Dockerfile: "FROM base\n",
  ".dockerignore": "node_modules\n**/*.md\n!KEEP.md\ndist/\n# comment\n",
  "src/main.ts": "main",
  "src/run.sh": "run",
  "README.md": "read",
  "KEEP.md": "keep",
  "node_modules/a/index.js": "a",
  "dist/main.js": "built",
};

describe("components: content hash of an image", () => {
  let folder: Folder;
  const hash = (over: Partial<BuildInputs> = {}) =>
    contentHash({
      context: folder.path,
      dockerfile: folder.file("Dockerfile"),
      args: { A: "1" },
      ...over,
    });
  beforeEach(() => (folder = new Folder(files)));
  afterEach(() => {
    folder.remove();
  });

  /** Whether a change of the folder changes the hash. */
  const changes = (change: () => void) => {
    const before = hash();
    change();
    return hash() !== before;
  };

  it("is 12 hexadecimal digits, the same in another folder", () => {
    const before = hash();
    assert.match(before, /^[0-9a-f]{12}$/);
    const other = new Folder(files);
    assert.equal(hash({ context: other.path, dockerfile: other.file("Dockerfile") }), before);
    other.remove();
  });

  it("changes with a source, its name, its executable bit, a link, a new and a removed file", () => {
    assert.ok(changes(() => folder.write("src/main.ts", "main!")));
    assert.ok(changes(() => folder.write("src/new.ts", "")));
    assert.ok(
      changes(() => {
        renameSync(folder.file("src/new.ts"), folder.file("src/newer.ts"));
      }),
    );
    assert.ok(
      changes(() => {
        chmodSync(folder.file("src/run.sh"), 0o755);
      }),
    );
    assert.ok(
      changes(() => {
        symlinkSync("main.ts", folder.file("src/link"));
      }),
    );
    assert.ok(
      changes(() => {
        rmSync(folder.file("src/link"));
      }),
    );
    assert.ok(changes(() => folder.write("KEEP.md", "kept by its own pattern")));
  });

  it("stays with a file that .dockerignore leaves out, and with other permissions", () => {
    assert.ok(!changes(() => folder.write("node_modules/a/index.js", "b")));
    assert.ok(!changes(() => folder.write("node_modules/b/index.js", "b")));
    assert.ok(!changes(() => folder.write("dist/main.js", "again")));
    assert.ok(!changes(() => folder.write("README.md", "read it")));
    assert.ok(!changes(() => folder.write("src/deep/NOTES.md", "notes")));
    assert.ok(
      !changes(() => {
        chmodSync(folder.file("src/main.ts"), 0o600);
      }),
    );
  });

  it("stays with the line endings of text; a script's and a binary file's count", () => {
    const crlf = (text: string) => text.replaceAll("\n", "\r\n");
    folder.write("src/main.ts", "one\ntwo\n");
    for (const file of ["Dockerfile", ".dockerignore"] as const) {
      assert.ok(!changes(() => folder.write(file, crlf(files[file]))), file);
    }
    assert.ok(!changes(() => folder.write("src/main.ts", "one\r\ntwo\r\n")));
    folder.write("src/run.sh", "#!/bin/sh\necho\n");
    assert.ok(changes(() => folder.write("src/run.sh", "#!/bin/sh\r\necho\r\n")));
    folder.write("src/icon.ico", "\0\n");
    assert.ok(changes(() => folder.write("src/icon.ico", "\0\r\n")));
  });

  it("changes with the Dockerfile, though .dockerignore leaves it out", () => {
    folder.write(".dockerignore", "Dockerfile\n");
    assert.ok(changes(() => folder.write("Dockerfile", "FROM other\n")));
  });

  it("changes with an argument, the target and the platform; not with the arguments' order", () => {
    const all = [
      hash(),
      hash({ args: { A: "2" } }),
      hash({ args: { A: "1", B: "" } }),
      hash({ args: {} }),
      hash({ target: "linux/arm64" }),
      hash({ platform: "linux/arm64" }),
    ];
    assert.equal(new Set(all).size, all.length);
    assert.equal(hash({ args: { A: "1", B: "2" } }), hash({ args: { B: "2", A: "1" } }));
  });

  it("doesn't take the border between two files for content", () => {
    const of = (contents: Record<string, string>) => {
      const some = new Folder(contents);
      const result = hashFiles(some.path, listFiles(some.path));
      some.remove();
      return result;
    };
    assert.notEqual(of({ a: "1", b: "2" }), of({ a: "12", b: "" }));
    assert.notEqual(of({ ab: "c" }), of({ a: "bc" }));
  });

  it("is of what is there, and says so where nothing is", () => {
    assert.throws(
      () => hash({ context: folder.file("gone") }),
      /^Error: Found nothing at .*gone, which an image is built from: check image\.context and image\.dockerfile/,
    );
    assert.throws(
      () => hash({ dockerfile: folder.file("Dockerfile.x") }),
      /Found nothing at .*\.x/,
    );
  });

  for (const component of ["backend", "frontend"]) {
    it(`of the ${component} stays with what systems and editors leave in its folders`, () => {
      const context = path.join(ROOT, "docker", component);
      const dockerfile = path.join(context, "Dockerfile");
      const copy = new Folder();
      for (const file of contextFiles({ context, dockerfile })) {
        copy.write(file, readFileSync(path.join(context, file), "utf8"));
      }
      copy.write(".dockerignore", readFileSync(path.join(context, ".dockerignore"), "utf8"));
      const inputs = { context: copy.path, dockerfile, args: {} };
      const before = contentHash(inputs);
      for (const name of [
        ...[".DS_Store", "src/.DS_Store", "src/Thumbs.db", "src/._main.ts", "src/.#main.ts"],
        ...["src/#main.ts#", "src/main.ts~", "src/main.ts.orig", "src/main.ts.bak"],
        ...["src/.main.ts.swp", "src/.idea/a.xml", ".vscode/settings.json", ".env", "dist/main.js"],
      ]) {
        copy.write(name, "noise");
        assert.equal(contentHash(inputs), before, name);
      }
      copy.write("src/more.ts", "");
      assert.notEqual(contentHash(inputs), before);
      copy.remove();
    });
  }
});
