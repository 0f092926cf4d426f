import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { Prompt } from "../../../../cli/stack/prompt";
import {
  configOf,
  plainQuestions,
  secretOf,
  secretQuestions,
} from "../../../../cli/stack/questions";
import { parseSettings } from "../../../../settings";
import { asConfig } from "../../../support/values";

/** A prompt whose input is a stream, and what it has written so far. */
function prompt(isTTY: boolean) {
  const input = Object.assign(new PassThrough(), { isTTY });
  const output = new PassThrough();
  let written = "";
  output.on("data", (chunk: Buffer) => (written += chunk.toString()));
  return { prompt: new Prompt(input, output), input, written: () => written };
}

describe("stack:new: questions", () => {
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

  it("have defaults that make a valid stack", () => {
    const answers = plainQuestions("staging").map(({ key, fallback }) => [key, fallback ?? ""]);
    const config = configOf(Object.fromEntries(answers) as Record<string, string>);
    assert.deepEqual(config, { namespace: "todo-app-staging" });
    assert.equal(parseSettings(asConfig(config)).namespace, "todo-app-staging");
  });

  it("ask in production for every secret that it needs, and draw none unasked", () => {
    const questions = secretQuestions("production");
    assert.deepEqual(
      questions.map(({ key }) => key),
      ["databaseUrl", "betterAuthSecret", "jwtSecret", "cohereApiKey"],
    );
    const [database, session, , cohere] = questions;
    assert.ok(database && session && cohere);
    assert.equal(secretOf(database, ""), undefined);
    assert.equal(secretOf(cohere, ""), undefined);
    assert.match(secretOf(session, "") ?? "", /^[\w-]{48}$/);
    assert.notEqual(secretOf(session, ""), secretOf(session, ""));
    assert.equal(secretOf(session, "mine"), "mine");
    assert.deepEqual(
      secretQuestions("development").map(({ key }) => key),
      ["cohereApiKey"],
    );
  });

  it("keep a wrong answer for the settings' own error", () => {
    const config = configOf({
      environment: "production",
      context: "x",
      namespace: "a",
      nodePort: "y",
    });
    assert.throws(() => parseSettings(asConfig(config)), /frontend\.service\.nodePort: found "?y/);
  });
});
