import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { run } from "../../lib/process/run";
import { ROOT } from "../support/stacks";

const rooms = [
  ...[
    "cli",
    "components",
    "lib",
    "offline",
    "policies",
    "provider-stand-ins",
    "scripts",
    "settings",
  ],
  ...["docker/backend/src", "docker/frontend/src"],
];

/** Exports that Next.js asks for by name: the framework documents them. */
const framework = /^docker\/frontend\/src\/(app|instrumentation|proxy)/;

/** Names of the exported declarations without a doc comment, each with its line. */
function undocumented(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  return source.statements.flatMap((statement) => {
    const isExported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (isExported !== true || ts.getJSDocCommentsAndTags(statement).length > 0) return [];
    const { line } = source.getLineAndCharacterOfPosition(statement.getStart());
    return [`${file}:${line + 1}: ${statement.getText().split("\n")[0] ?? ""}`];
  });
}

describe("doc comments", () => {
  it("belong to every export", async () => {
    const { stdout } = await run("git", ["ls-files", "-z", ...rooms], { cwd: ROOT });
    const files = stdout
      .split("\0")
      .filter((file) => /\.tsx?$/.test(file) && !framework.test(file) && !file.endsWith(".d.ts"));
    assert.ok(files.length > 300);
    const found = files.flatMap((file) =>
      undocumented(file, readFileSync(path.join(ROOT, file), "utf8")),
    );
    assert.deepEqual(found, []);
  });

  it("are missed where there are none", () => {
    const text = "/** One. */\nexport const one = 1;\nexport const two = 2;\nconst three = 3;\n";
    assert.deepEqual(undocumented("a.ts", text), ["a.ts:3: export const two = 2;"]);
  });
});
