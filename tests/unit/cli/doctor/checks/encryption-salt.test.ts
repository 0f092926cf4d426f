import assert from "node:assert/strict";
import { encryptionSaltFinding } from "../../../../../cli/doctor/checks/encryption-salt";

describe("doctor: the salt of another user", () => {
  it("has to go before pulumi is typed by hand, and names the commands that remove it", () => {
    const [finding] = encryptionSaltFinding("/shop/Pulumi.dev.yaml", "unused");
    assert.equal(finding?.state, "fix");
    assert.match(finding.found, /Pulumi\.dev\.yaml has the passphrase check of another user/);
    assert.match(finding.hint ?? "", /`npm run up` and `npm run preview` remove it/);
    assert.match(finding.hint ?? "", /before you type pulumi by hand/);
  });

  it("is needed where values are encrypted: whose passphrase, and how to share it", () => {
    const [finding] = encryptionSaltFinding("/shop/Pulumi.dev.yaml", "needed");
    assert.match(finding?.found ?? "", /encrypted with another passphrase than yours/);
    assert.match(finding?.hint ?? "", /Ask the person who encrypted them/);
  });

  it("isn't there", () => {
    assert.deepEqual(encryptionSaltFinding("/shop/Pulumi.dev.yaml", undefined), []);
  });
});
