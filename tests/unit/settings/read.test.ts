import assert from "node:assert/strict";
import { readSettings, type Settings } from "../../../settings";
import { deploy, type DeployOptions } from "../../support/deploy";
import { fakeSecrets } from "../../support/fixtures";

/** The settings as a program reads them. */
async function read(options: DeployOptions): Promise<Settings> {
  return (await deploy(readSettings, options)).value;
}

describe("settings: read from a stack", () => {
  it("take the project's keys, and no other package's", async () => {
    const { namespace, backend } = await read({
      config: { namespace: "mine", backend: '{"replicas":3}', "kubernetes:namespace": "other" },
    });
    assert.deepEqual([namespace, backend.replicas], ["mine", 3]);
  });

  it("take secrets that are encrypted", async () => {
    const secretKeys = Object.keys(fakeSecrets);
    const settings = await read({ config: fakeSecrets, secretKeys });
    assert.equal(settings.jwtSecret, fakeSecrets.jwtSecret);
  });

  it("refuse each secret in plain text, without showing it, together with every other problem", async () => {
    const config = { ...fakeSecrets, namespace: "A" };
    await assert.rejects(read({ config, secretKeys: ["jwtSecret"] }), ({ message }: Error) => {
      assert.match(message, /^5 settings are wrong/);
      for (const key of ["databaseUrl", "cohereApiKey", "betterAuthSecret", "registryPassword"]) {
        const line = `${key}: found a secret in plain text; expected an encrypted value: pulumi config set --secret ${key} …`;
        assert.ok(message.includes(line), message);
      }
      assert.match(message, /namespace: found "A"/);
      assert.doesNotMatch(message, /hush|jwtSecret/);
      return true;
    });
  });

  it("don't take an empty secret for one in plain text", async () => {
    assert.equal((await read({ config: { jwtSecret: "" } })).jwtSecret, "");
  });

  it("hide the value of any key that is encrypted", async () => {
    const options = { config: { secrets: "hush" }, secretKeys: ["secrets"] };
    await assert.rejects(read(options), ({ message }: Error) => {
      assert.match(message, /secrets: found a value that isn't shown/);
      assert.doesNotMatch(message, /hush/);
      return true;
    });
  });
});
