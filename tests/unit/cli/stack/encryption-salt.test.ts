import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dropUnusedSalt, ensureFittingSalt } from "../../../../cli/stack/encryption-salt";
import { UserError } from "../../../../lib/errors";
import { Folder } from "../../../support/folder";

/** Written by Pulumi 3.259 with the passphrase "aaa". */
const SALT = "v1:uWq0eAQs6cU=:v1:hgzg21EoyZuU2FrK:PrWWqrltzMx1qlr6aFujEluTMTqclQ==";
const PLAIN = "# kept\nconfig:\n  shop:backend:\n    replicas: 1\n";
const SECRET = "config:\n  shop:jwtSecret:\n    secure: v1:abc\n";

describe("the salt in a stack's file", function () {
  this.timeout(30_000);
  let folder: Folder;
  beforeEach(() => (folder = new Folder()));
  afterEach(() => {
    folder.remove();
  });
  const read = () => readFileSync(folder.file("Pulumi.dev.yaml"), "utf8");

  async function ensure(text: string, env: NodeJS.ProcessEnv): Promise<string[]> {
    const notes: string[] = [];
    const file = folder.write("Pulumi.dev.yaml", text);
    await ensureFittingSalt(file, env, { note: (note) => void notes.push(note) });
    return notes;
  }

  it("stays where it fits the passphrase, in a variable or a file", async () => {
    const text = `${PLAIN}encryptionsalt: ${SALT}\n`;
    assert.deepEqual(await ensure(text, { PULUMI_CONFIG_PASSPHRASE: "aaa" }), []);
    assert.equal(read(), text);
    const file = folder.write("passphrase", "aaa\n");
    assert.deepEqual(await ensure(text, { PULUMI_CONFIG_PASSPHRASE_FILE: file }), []);
    assert.equal(read(), text);
  });

  it("of another user is removed with a word where nothing is encrypted", async () => {
    const [note = ""] = await ensure(`${PLAIN}encryptionsalt: ${SALT}\n`, {
      PULUMI_CONFIG_PASSPHRASE: "bbb",
    });
    assert.match(note, /Pulumi\.dev\.yaml had the passphrase check of another user/);
    assert.equal(read(), PLAIN);
  });

  it("of another user is refused where values are encrypted: whose passphrase, and how to share it", async () => {
    const text = `encryptionsalt: ${SALT}\n${SECRET}`;
    await assert.rejects(
      ensure(text, { PULUMI_CONFIG_PASSPHRASE: "bbb" }),
      (error) =>
        error instanceof UserError &&
        error.message.includes("another passphrase than yours") &&
        /Ask the person who encrypted them .*git log.*PULUMI_CONFIG_PASSPHRASE_FILE/s.test(
          error.hint,
        ),
    );
    assert.equal(read(), text);
  });

  it("is dropped only where nothing is encrypted", () => {
    const file = folder.write("Pulumi.dev.yaml", `${SECRET}encryptionsalt: ${SALT}\n`);
    dropUnusedSalt(file);
    assert.match(read(), /encryptionsalt/);
    folder.write("Pulumi.dev.yaml", `encryptionsalt: ${SALT}\n${PLAIN}`);
    dropUnusedSalt(file);
    assert.equal(read(), PLAIN);
  });
});
