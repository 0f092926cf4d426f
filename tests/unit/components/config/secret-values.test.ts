import assert from "node:assert/strict";
import { AppSecretValues } from "../../../../components";
import { assertComponent, deployComponent } from "../../../support/component";
import { fakeSecrets, settingsWith } from "../../../support/fixtures";
import { outputIsSecret, valueOf } from "../../../../cli/preview/registered-resource";

const type = "todo-chatbot:app:SecretValues";
const password = "random:index/randomPassword:RandomPassword";
const databaseUrl = "postgresql://somewhere/todo";
const given = { databaseUrl, betterAuthUrl: "http://127.0.0.1:30080" };

describe("components: AppSecretValues", () => {
  it("generates what development leaves out, but never the Cohere key", async () => {
    const { value, resources } = await deployComponent(
      (inCluster) =>
        new AppSecretValues("secrets", { ...given, settings: settingsWith() }, inCluster),
    );
    const children = [`${password} secrets-better-auth`, `${password} secrets-jwt`];
    const component = assertComponent(resources, type, "secrets", children);
    assert.deepEqual(Object.keys(value.values).sort(), [
      "BETTER_AUTH_SECRET",
      "DATABASE_URL",
      "JWT_SECRET",
    ]);
    assert.equal(await valueOf(value.values.JWT_SECRET), "generated-for-secrets-jwt");
    assert.equal(await valueOf(value.values.DATABASE_URL), databaseUrl);
    // The names alone: the values are nobody's business.
    assert.deepEqual(component.outputs, {
      names: ["DATABASE_URL", "BETTER_AUTH_SECRET", "JWT_SECRET"],
    });
    for (const child of resources.ofType(password)) assert.equal(child.input("length"), 48);
  });

  it("takes what is set, and generates nothing beside it", async () => {
    const settings = settingsWith(fakeSecrets);
    const { value, resources } = await deployComponent(
      (inCluster) => new AppSecretValues("secrets", { ...given, settings }, inCluster),
    );
    assertComponent(resources, type, "secrets", []);
    assert.equal(await valueOf(value.values.BETTER_AUTH_SECRET), fakeSecrets.betterAuthSecret);
    assert.equal(await valueOf(value.values.JWT_SECRET), fakeSecrets.jwtSecret);
    assert.equal(await valueOf(value.values.COHERE_API_KEY), fakeSecrets.cohereApiKey);
  });

  it("has the page's address only where a web service takes it from the Secret", async () => {
    const settings = settingsWith({ backend: { secretEnv: ["DATABASE_URL", "BETTER_AUTH_URL"] } });
    const { value } = await deployComponent(
      (inCluster) => new AppSecretValues("secrets", { ...given, settings }, inCluster),
    );
    assert.equal(await valueOf(value.values.BETTER_AUTH_URL), given.betterAuthUrl);
    assert.ok(await outputIsSecret(value.values.BETTER_AUTH_URL));
  });

  for (const preview of [false, true]) {
    it(`hands every value on as a secret (preview: ${preview})`, async () => {
      const settings = settingsWith({
        cohereApiKey: "hush",
        betterAuthSecret: fakeSecrets.betterAuthSecret,
      });
      const { value } = await deployComponent(
        (inCluster) => new AppSecretValues("secrets", { ...given, settings }, inCluster),
        { preview },
      );
      for (const [name, output] of Object.entries(value.values)) {
        assert.ok(await outputIsSecret(output), name);
      }
    });
  }
});
