import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { ConsoleProgress } from "../../../../lib/progress/console-progress";

describe("progress", () => {
  function recorder(isTTY: boolean) {
    const written: string[] = [];
    const screen = { isTTY, columns: 40, write: (text: string) => written.push(text) };
    return {
      progress: new ConsoleProgress(screen),
      text: () => written.join("").replaceAll(/\d+\.\d s\n/g, "<time>\n"),
    };
  }

  it("prints steps with their times, in lines", async () => {
    const { progress, text } = recorder(false);
    const result = await progress.step("Look", () => Promise.resolve(7));
    assert.equal(result, 7);
    assert.equal(text(), "✓ Look  <time>\n");
  });
  it("nests steps, and puts a note under its own step while others are running", async () => {
    const { progress, text } = recorder(false);
    await progress.step("Outer", () =>
      Promise.all([
        progress.step("One", async () => {
          await pause(20);
          progress.note("of one");
        }),
        progress.step("Two", async () => {
          await pause(5);
          progress.note("of two");
        }),
      ]),
    );
    assert.equal(
      text(),
      "… Outer\n  … Two\n    · of two\n  ✓ Two  <time>\n  … One\n    · of one\n  ✓ One  <time>\n✓ Outer  <time>\n",
    );
  });
  it("marks the step that failed, and hands the error on", async () => {
    const { progress, text } = recorder(false);
    await assert.rejects(
      progress.step("Try", () => Promise.reject(new Error("no"))),
      /no/,
    );
    assert.equal(text(), "✗ Try  <time>\n");
  });
  it("draws a live line on a terminal, within its width, and takes it away", async () => {
    const { progress, text } = recorder(true);
    await progress.step("A title that is much longer than this terminal is wide", () => pause(300));
    const drawn = text();
    assert.ok(drawn.includes("\r\u001b[2K⠋ A title"));
    for (const part of drawn.split("\r\u001b[2K")) {
      if (!part.includes("✓")) assert.ok(part.length < 40);
    }
    assert.ok(drawn.endsWith("\r\u001b[2K"));
  });
});
