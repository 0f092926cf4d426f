import assert from "node:assert/strict";
import { join } from "node:path";
import { directories } from "../../../lib/paths";

describe("folders outside the project", () => {
  it("follow XDG where that is set", () => {
    const env = { HOME: "/home/ann", XDG_CACHE_HOME: "/c", XDG_STATE_HOME: "" };
    const { cache, state } = directories(env);
    assert.equal(cache, join("/c", "todo-chatbot"));
    assert.equal(state, join("/home/ann", ".local", "state", "todo-chatbot"));
  });
});
