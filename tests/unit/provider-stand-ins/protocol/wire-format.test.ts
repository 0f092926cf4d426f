import assert from "node:assert/strict";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { Secret, UNKNOWN } from "../../../../provider-stand-ins/protocol/values";
import { decode } from "../../../../provider-stand-ins/protocol/wire-format";

const SIGNATURE = "4dabf18193072939515e22adb298388d";

describe("stand-ins: properties on the wire", () => {
  it("reads an output as the value in it", () => {
    const output = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
    const struct = Struct.fromJavaScript({
      known: { [SIGNATURE]: output, value: "a" },
      secret: { [SIGNATURE]: output, value: "a", secret: true },
      unknown: { [SIGNATURE]: output },
    });
    assert.deepEqual(decode(struct), { known: "a", secret: new Secret("a"), unknown: UNKNOWN });
  });

  it("refuses assets by name", () => {
    const asset = { [SIGNATURE]: "c44067f5952c0a294b673a41bacd8c17", text: "x" };
    assert.throws(() => decode(Struct.fromJavaScript({ file: asset })), /found an asset/);
  });
});
