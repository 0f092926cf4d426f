import assert from "node:assert/strict";
import { Secret, UNKNOWN } from "../../../../provider-stand-ins/protocol/values";
import { generatePassword } from "../../../../provider-stand-ins/random/random-password";
import { randomProvider } from "../../../../provider-stand-ins/random/random-provider";
import { ProviderClient } from "../../../support/provider-stand-ins/provider-client";

const PASSWORD = "random:index/randomPassword:RandomPassword";
const ID = "random:index/randomId:RandomId";

describe("stand-in random", () => {
  let client: ProviderClient;
  before(async () => {
    client = await ProviderClient.connect(randomProvider());
  });
  after(() => {
    client.close();
  });

  it("generates passwords of the requested length and character classes", () => {
    const inputs = { length: 12, special: false, minNumeric: 5, minUpper: 3, minLower: 4 };
    for (let round = 0; round < 50; round++) {
      const password = generatePassword(inputs);
      assert.match(password, /^[A-Za-z0-9]{12}$/);
      assert.equal(password.replaceAll(/\D/g, "").length, 5);
      assert.equal(password.replaceAll(/[^A-Z]/g, "").length, 3);
    }
    const custom = generatePassword({
      length: 40,
      upper: false,
      lower: false,
      numeric: false,
      overrideSpecial: "_",
    });
    assert.equal(custom, "_".repeat(40));
    assert.notEqual(generatePassword(inputs), generatePassword(inputs));
  });

  it("keeps the password secret, and unknown in previews", async () => {
    const made = await client.create(PASSWORD, { length: 20 });
    const { result } = made.state;
    assert.ok(result instanceof Secret && typeof result.value === "string");
    assert.equal(result.value.length, 20);
    assert.equal(made.state.special, true);
    const preview = await client.create(PASSWORD, { length: 20 }, { preview: true });
    assert.deepEqual(preview.state.result, new Secret(UNKNOWN));
  });

  it("writes an identifier in four notations, with the prefix", async () => {
    const { id, state } = await client.create(ID, { byteLength: 4, prefix: "p-" });
    const bytes = Buffer.from(String(state.hex).slice(2), "hex");
    assert.equal(bytes.length, 4);
    assert.equal(state.dec, `p-${bytes.readUInt32BE()}`);
    assert.equal(state.b64Std, `p-${bytes.toString("base64")}`);
    assert.equal(state.b64Url, `p-${bytes.toString("base64url")}`);
    assert.equal(id, bytes.toString("base64url"));
  });

  it("replaces on every change, but not when the program states a default", async () => {
    const before = { length: 20, keepers: { volume: "a" } };
    const same = await client.diff(PASSWORD, before, { ...before, special: true });
    assert.deepEqual(same.replaces, []);
    const changed = await client.diff(PASSWORD, before, {
      length: 20,
      keepers: { volume: "b" },
    });
    assert.deepEqual(changed.replaces, ["keepers.volume"]);
  });

  it("keeps what is in the state on refresh", async () => {
    const made = await client.create(PASSWORD, { length: 8 });
    const read = await client.read(PASSWORD, made.id, { length: 8 }, made.state);
    assert.deepEqual(read.state, made.state);
  });

  it("refuses wrong and unknown inputs", async () => {
    const reasons = async (type: string, inputs: Parameters<ProviderClient["check"]>[1]) =>
      (await client.check(type, inputs)).failures.map(({ reason }) => reason).join();
    assert.match(await reasons(PASSWORD, { length: 0 }), /found 0, expected a whole number/);
    assert.match(await reasons(PASSWORD, { length: 3, minUpper: 4 }), /add up to 4/);
    assert.match(
      await reasons(PASSWORD, { length: 3, number: true }),
      /property number of RandomPassword/,
    );
    assert.match(await reasons(ID, { byteLength: "x" }), /found "x"/);
    assert.match(
      await reasons("random:index/randomPet:RandomPet", {}),
      /found type random:index\/randomPet/,
    );
  });
});
