import assert from "node:assert/strict";
import { outputIsSecret, valueOf } from "../../../../cli/preview/registered-resource";
import { AppSecretValues, appSecretValuesArgs } from "../../../../components";
import type { Settings } from "../../../../settings";
import { assertComponent, deployComponent } from "../../../support/component";
import { dockerMinikube, fakeSecrets, settingsWith } from "../../../support/fixtures";

const TYPE = "todo-chatbot:app:SecretValues";
const PASSWORD = "random:index/randomPassword:RandomPassword";
const DATABASE_URL = "postgresql://somewhere/todo";

/** The secrets' values, as index.ts creates them. */
function secretValues(settings: Settings, preview = false) {
  const args = appSecretValuesArgs(settings, dockerMinikube, DATABASE_URL);
  return deployComponent((inCluster) => new AppSecretValues("secrets", args, inCluster), {
    preview,
  });
}

describe("components: AppSecretValues", () => {
  it("generates what development leaves out, but never the Cohere key", async () => {
    const { value, resources } = await secretValues(settingsWith());
    const children = [`${PASSWORD} secrets-better-auth`, `${PASSWORD} secrets-jwt`];
    const component = assertComponent(resources, TYPE, "secrets", children);
    assert.deepEqual(Object.keys(value.values).sort(), [
      "BETTER_AUTH_SECRET",
      "DATABASE_URL",
      "JWT_SECRET",
    ]);
    assert.equal(await valueOf(value.values.JWT_SECRET), "generated-for-secrets-jwt");
    assert.equal(await valueOf(value.values.DATABASE_URL), DATABASE_URL);
    // The names only: the values are secret.
    assert.deepEqual(component.outputs, {
      names: ["DATABASE_URL", "BETTER_AUTH_SECRET", "JWT_SECRET"],
    });
    for (const child of resources.ofType(PASSWORD)) assert.equal(child.input("length"), 48);
  });

  it("takes what is set, and generates nothing in addition", async () => {
    const settings = settingsWith(fakeSecrets);
    const { value, resources } = await secretValues(settings);
    assertComponent(resources, TYPE, "secrets", []);
    assert.equal(await valueOf(value.values.BETTER_AUTH_SECRET), fakeSecrets.betterAuthSecret);
    assert.equal(await valueOf(value.values.JWT_SECRET), fakeSecrets.jwtSecret);
    assert.equal(await valueOf(value.values.COHERE_API_KEY), fakeSecrets.cohereApiKey);
  });

  it("has the page's address only where a web service takes it from the Secret", async () => {
    const settings = settingsWith({
      backend: {
        secretEnv: ["DATABASE_URL", "BETTER_AUTH_SECRET", "JWT_SECRET", "BETTER_AUTH_URL"],
      },
    });
    const { value } = await secretValues(settings);
    assert.equal(await valueOf(value.values.BETTER_AUTH_URL), "http://127.0.0.1:30080");
    assert.ok(await outputIsSecret(value.values.BETTER_AUTH_URL));
  });

  for (const preview of [false, true]) {
    it(`hands every value on as a secret (preview: ${preview})`, async () => {
      const settings = settingsWith({
        cohereApiKey: "hush",
        betterAuthSecret: fakeSecrets.betterAuthSecret,
      });
      const { value } = await secretValues(settings, preview);
      for (const [name, output] of Object.entries(value.values)) {
        assert.ok(await outputIsSecret(output), name);
      }
    });
  }

  it("refuses an empty databaseUrl, of which no value can be generated", async () => {
    await assert.rejects(
      deployComponent(
        (inCluster) => new AppSecretValues("secrets", { databaseUrl: "" }, inCluster),
      ),
      /^Error: AppSecretValues "secrets": databaseUrl is empty; expected a PostgreSQL URL/,
    );
  });
});
