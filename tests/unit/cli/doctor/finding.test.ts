import assert from "node:assert/strict";
import { reportLines } from "../../../../cli/doctor/finding";

describe("doctor: the report", () => {
  it("shows each finding, and what to do behind an arrow", () => {
    const lines = reportLines([
      { check: "helm", state: "ok", found: "3" },
      { check: "kubectl", state: "fix", found: "missing", hint: "get it" },
    ]);
    assert.deepEqual(lines, ["✓ helm     3", "✗ kubectl  missing", "           → get it"]);
  });
});
