import assert from "node:assert/strict";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { diffProperties, formatPath } from "../../../provider-stand-ins/protocol/diff";
import { markSecrets } from "../../../provider-stand-ins/protocol/secrets";
import { nameOf, typeOf } from "../../../provider-stand-ins/protocol/urn";
import {
  decode,
  hasSecret,
  hasUnknown,
  revealAll,
  Secret,
  UNKNOWN,
} from "../../../provider-stand-ins/protocol/values";

const SIGNATURE = "4dabf18193072939515e22adb298388d";

describe("plugin values", () => {
  it("reads outputs as what they hold", () => {
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

  it("finds secrets and unknowns at any depth, and takes secrets off", () => {
    const value = { a: [{ b: new Secret({ c: UNKNOWN }) }] };
    assert.ok(hasSecret(value) && hasUnknown(value));
    assert.deepEqual(revealAll(value), { a: [{ b: { c: UNKNOWN } }] });
    assert.ok(!hasSecret(revealAll(value)));
  });

  it("marks outputs like their inputs: objects by property, lists as a whole", () => {
    const marked = markSecrets(
      { open: "1", inner: { hidden: "2", open: "3" }, list: ["4", "5"] },
      { inner: { hidden: new Secret("2"), open: "3" }, list: ["4", new Secret("5")] },
    );
    assert.deepEqual(marked, {
      open: "1",
      inner: { hidden: new Secret("2"), open: "3" },
      list: new Secret(["4", "5"]),
    });
  });

  it("takes type and name from a URN", () => {
    const urn = "urn:pulumi:dev::project::a:b:C$kubernetes:core/v1:Secret::name::with colons";
    assert.equal(typeOf(urn), "kubernetes:core/v1:Secret");
    assert.equal(nameOf(urn), "name::with colons");
  });

  it("names each difference by its path", () => {
    const changes = diffProperties(
      { a: [{ x: 1 }, { x: 2 }], gone: true, same: null, labels: { "app.io/x": "1" } },
      { a: [{ x: 1, y: 0 }, { x: 3 }, {}], late: UNKNOWN, labels: { "app.io/x": "2" } },
      { forcesReplace: ([first]) => first === "labels" },
    );
    assert.deepEqual(changes, {
      "a[0].y": { kind: "add", replace: false },
      "a[1].x": { kind: "update", replace: false },
      "a[2]": { kind: "add", replace: false },
      gone: { kind: "delete", replace: false },
      late: { kind: "add", replace: false },
      'labels["app.io/x"]': { kind: "update", replace: true },
    });
    assert.equal(formatPath(["a", 0, 'b"c']), 'a[0]["b\\"c"]');
  });
});
