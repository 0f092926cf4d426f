import assert from "node:assert/strict";
import { hostPortsFinding } from "../../../../../cli/doctor/checks/host-ports";

describe("doctor: host ports", () => {
  it("are free, or taken by another program", () => {
    assert.equal(hostPortsFinding([30080], [30080]).state, "fix");
    assert.equal(hostPortsFinding([30080], []).state, "ok");
  });
});
