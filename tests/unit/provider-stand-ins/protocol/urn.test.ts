import assert from "node:assert/strict";
import { nameOf, typeOf } from "../../../../provider-stand-ins/protocol/urn";

describe("stand-ins: URNs", () => {
  it("reads the type and the name from a URN", () => {
    const urn = "urn:pulumi:dev::project::a:b:C$kubernetes:core/v1:Secret::name::with colons";
    assert.equal(typeOf(urn), "kubernetes:core/v1:Secret");
    assert.equal(nameOf(urn), "name::with colons");
  });
});
