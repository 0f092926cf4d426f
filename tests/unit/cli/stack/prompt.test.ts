import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { Prompt } from "../../../../cli/stack/prompt";

/** Creates a prompt on streams. */
function prompt(isTTY: boolean) {
  const input = Object.assign(new PassThrough(), { isTTY });
  const output = new PassThrough();
  let written = "";
  output.on("data", (chunk: Buffer) => (written += chunk.toString()));
  return { prompt: new Prompt(input, output), input, written: () => written };
}

describe("questions", () => {
  it("are answered line by line, from a pipe too, and say where the answers end", async () => {
    const { prompt: asked, input } = prompt(false);
    input.write("one\n two \n");
    assert.equal(await asked.ask("First? "), "one");
    assert.equal(await asked.ask("Second? "), "two");
    input.end();
    await assert.rejects(asked.ask("Third? "), /The input ended at the question "Third\?"/);
    asked.close();
  });

  it("show what is typed on a terminal, but never a secret", async () => {
    const { prompt: asked, input, written } = prompt(true);
    const plain = asked.ask("Name? ");
    input.write("seen\r");
    assert.equal(await plain, "seen");
    const secret = asked.ask("Secret? ", true);
    input.write("hush\r");
    assert.equal(await secret, "hush");
    asked.close();
    assert.match(written(), /seen/);
    assert.doesNotMatch(written(), /hush/);
  });
});
