import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { run } from "../../lib/process/run";
import { ROOT } from "../support/stacks";

/** Words that read oddly in technical English, and names that hide their content. */
const words = [
  ...["mend", "mends", "mended", "mending", "beside", "elsewhere", "somebody", "whoever", "whence"],
  ...["thereof", "farewell", "patience", "way ?out", "witness", "is to be had", "can be had"],
  ...[
    "can't be had",
    "task-address",
    "taskAddress",
    "least[A-Z]\\w*",
    "machineWish",
    "clusterWish",
  ],
];
const pattern = new RegExp(`\\b(${words.join("|")})\\b`, "gi");

/** Files whose words are not ours, and this list. */
const excluded = [
  /^tests\/conformance\//,
  /(^|\/)(package-lock\.json|LICENSE|go\.(mod|sum))$/,
  /^bench\/app\/fastapi\/requirements\.txt$/,
  /\.(png|svg)$/,
  /^tests\/unit\/words\.test\.ts$/,
  // Checksummed: a changed migration would be refused by existing databases.
  /^docker\/backend\/migrations\//,
];

/** The excluded words of a text, each with its line. */
function findings(text: string): string[] {
  return text.split("\n").flatMap((line, index) => {
    const found = line.match(pattern);
    return found === null ? [] : [`${index + 1}: ${found.join(", ")}: ${line.trim()}`];
  });
}

describe("words", () => {
  it("are plain technical English in every file", async () => {
    const { stdout } = await run("git", ["ls-files", "-z"], { cwd: ROOT });
    const files = stdout
      .split("\0")
      .filter((file) => file !== "" && !excluded.some((one) => one.test(file)));
    assert.ok(files.length > 500);
    const found = files.flatMap((file) =>
      findings(readFileSync(path.join(ROOT, file), "utf8")).map((line) => `${file}:${line}`),
    );
    assert.deepEqual(found, []);
  });

  it("are found where they stand", () => {
    assert.equal(findings("a\nIt mends the lock beside it.").length, 1);
    assert.equal(findings("It fixes the lock next to it.").length, 0);
  });
});
