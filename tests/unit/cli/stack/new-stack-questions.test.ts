import assert from "node:assert/strict";
import {
  configOf,
  plainQuestions,
  secretOf,
  secretQuestions,
} from "../../../../cli/stack/new-stack-questions";
import { parseSettings } from "../../../../settings";
import { asConfig } from "../../../support/values";

describe("stack:new: questions", () => {
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
