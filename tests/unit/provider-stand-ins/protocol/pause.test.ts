import assert from "node:assert/strict";
import { pause } from "../../../../provider-stand-ins/protocol/pause";

describe("stand-ins: pauses", () => {
  it("end with the signal's reason when the operation is cancelled", async () => {
    const cancellation = new AbortController();
    const pausing = pause(30_000, cancellation.signal);
    cancellation.abort(new Error("cancelled"));
    await assert.rejects(pausing, /^Error: cancelled$/);
    await assert.rejects(pause(1, cancellation.signal), /^Error: cancelled$/);
  });
});
