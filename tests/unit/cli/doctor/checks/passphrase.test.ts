import assert from "node:assert/strict";
import { passphraseFinding } from "../../../../../cli/doctor/checks/passphrase";

describe("doctor: the passphrase", () => {
  it("is found, or its file is gone", () => {
    assert.equal(passphraseFinding({ PULUMI_CONFIG_PASSPHRASE: "x" }, "/none").state, "ok");
    const gone = passphraseFinding({ PULUMI_CONFIG_PASSPHRASE_FILE: "/none/file" }, "/none");
    assert.equal(gone.state, "fix");
    assert.equal(passphraseFinding({}, "/none").state, "note");
  });
});
