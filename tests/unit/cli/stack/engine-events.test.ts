import assert from "node:assert/strict";
import { changesInWords, readEvents } from "../../../../cli/stack/engine-events";

describe("the engine's events", () => {
  const line = (event: object) => JSON.stringify(event);
  const log = [
    line({ diagnosticEvent: { severity: "debug", message: "noise" } }),
    line({
      diagnosticEvent: { urn: "a", severity: "info", ephemeral: true, message: "#7 npm ci\n\n" },
    }),
    line({ diagnosticEvent: { urn: "b", severity: "info", ephemeral: true, message: "fine" } }),
    line({
      diagnosticEvent: { urn: "a", severity: "error", message: "<{%reset%}>no<{%reset%}>\n" },
    }),
    line({ summaryEvent: { isPreview: true, durationSeconds: 1, resourceChanges: { create: 9 } } }),
    line({
      summaryEvent: {
        isPreview: false,
        durationSeconds: 7,
        resourceChanges: { same: 3, update: 1 },
      },
    }),
    '{"half',
  ].join("\n");
  it("give the errors without colours, what failed resources said last, and the update's summary", () => {
    assert.deepEqual(readEvents(log), {
      errors: ["no"],
      lastLines: ["#7 npm ci"],
      changes: { same: 3, update: 1 },
      seconds: 7,
    });
  });
  it("read as words", () => {
    assert.equal(changesInWords({ create: 2, same: 5, delete: 1 }), "2 created, 1 deleted");
    assert.equal(changesInWords({ same: 5 }), undefined);
  });
});
