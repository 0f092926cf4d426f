import assert from "node:assert/strict";
import { chmodSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { type BuildInputs, contentHash } from "../../../../components/images";
import { contextFiles } from "../../../../components/images/content-hash";
import { hashFiles, listFiles } from "../../../../lib/hash-files";
import { Folder } from "../../../support/folder";

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
  const build = () => ({ context: folder.path, dockerfile: folder.file("Dockerfile") });
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

  it("is of all files where there is no .dockerignore", () => {
    rmSync(folder.file(".dockerignore"));
    assert.deepEqual(contextFiles(build()), [
      "Dockerfile",
      "KEEP.md",
      "README.md",
      "dist/main.js",
      "node_modules/a/index.js",
      "src/main.ts",
      "src/run.sh",
    ]);
  });

  it("is of what .dockerignore lets through, in ignored folders too", () => {
    folder.write(".dockerignore", "*\n!src/main.ts\n!dist\n");
    assert.deepEqual(contextFiles(build()), ["dist/main.js", "src/main.ts"]);
  });
  it("is of what the Dockerfile's own .dockerignore lets through, where it has one", () => {
    folder.write("Dockerfile.dockerignore", "*\n!src/run.sh\n");
    assert.deepEqual(contextFiles(build()), ["src/run.sh"]);
  });
});
