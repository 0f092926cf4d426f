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

  describe("is kept where something may need it", () => {
    const doubtful: Record<string, string> = {
      "a secret in a list in a list": "config:\n  shop:lists:\n    - - secure: v1:abc\n",
      "a secret with a quoted key": "config:\n  shop:jwtSecret:\n    'secure': v1:abc\n",
      "a secret in braces with a quoted key": "config:\n  shop:jwtSecret: { 'secure': v1:abc }\n",
      "a secret behind an alias": "config:\n  shop:a: &a {secure: v1:abc}\n  shop:b: *a\n",
      "another secrets provider": `${PLAIN}secretsprovider: awskms://alias/key\n`,
      "a key of another secrets provider": `${PLAIN}encryptedkey: abc\n`,
      "no YAML": "config: [\n",
      "an alias without its anchor": "config: *a\n",
      "a key twice": "config: {}\nconfig: {}\n",
    };
    for (const [what, text] of Object.entries(doubtful)) {
      it(what, async () => {
        const whole = `encryptionsalt: ${SALT}\n${text}`;
        dropUnusedSalt(folder.write("Pulumi.dev.yaml", whole));
        assert.equal(read(), whole);
        await ensure(whole, { PULUMI_CONFIG_PASSPHRASE: "bbb" }).catch((error: unknown) => {
          assert.ok(error instanceof UserError);
        });
        assert.equal(read(), whole);
      });
    }
  });

  it("goes without a trace, and everything else stays as it is written", () => {
    const rest = "# first\nconfig: { 'shop:a':   1 } # odd\n\n# last\n";
    const salts = [
      `encryptionsalt: ${SALT} # theirs\n`,
      `"encryptionsalt": "${SALT}"\n`,
      `encryptionsalt: >-\n  ${SALT}\n`,
    ];
    for (const salt of salts) {
      for (const text of [`${salt}${rest}`, `# top\n${salt}${rest}`, `${rest}${salt}`]) {
        dropUnusedSalt(folder.write("Pulumi.dev.yaml", text));
        assert.equal(read(), text.replace(salt, ""));
        const windows = text.replaceAll("\n", "\r\n");
        dropUnusedSalt(folder.write("Pulumi.dev.yaml", windows));
        assert.equal(read(), windows.replace(salt.replaceAll("\n", "\r\n"), ""));
      }
    }
    dropUnusedSalt(folder.write("Pulumi.dev.yaml", `${rest}encryptionsalt: ${SALT}`));
    assert.equal(read(), rest);
  });
});
