import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { outputIsSecret, valueOf } from "../../../../cli/preview/registered-resource";
import { AppSecret, appSecretArgs } from "../../../../components";
import { isSecret, visible } from "../../../../lib/pulumi/values";
import { assertComponent, deployComponent } from "../../../support/component";
import { settingsWith } from "../../../support/fixtures";

const SECRET_TYPE = "kubernetes:core/v1:Secret";
const PASSWORD = "random:index/randomPassword:RandomPassword";

function secret(
  settings: Record<string, unknown>,
  values: Record<string, string>,
  preview = false,
) {
  return deployComponent(
    (inCluster) => {
      const secrets = Object.entries(values).map(
        ([key, value]) => [key, pulumi.secret(value)] as const,
      );
      const byVariable: Record<string, pulumi.Output<string>> = Object.fromEntries(secrets);
      const args = appSecretArgs(settingsWith(settings), "mine", byVariable);
      return new AppSecret("secret", args, inCluster);
    },
    { preview },
  );
}

describe("components: AppSecret", () => {
  for (const preview of [false, true]) {
    it(`sends its content as a secret, immutable and named by Pulumi (preview: ${preview})`, async () => {
      const { value, resources } = await secret(
        {},
        { DATABASE_URL: "hush-url", JWT_SECRET: "hush-jwt" },
        preview,
      );
      const children = [`${SECRET_TYPE} todo-secrets`];
      const component = assertComponent(resources, "todo-chatbot:app:Secret", "secret", children);
      const object = resources.one(SECRET_TYPE);
      assert.deepEqual(object.input("stringData"), {
        DATABASE_URL: "hush-url",
        JWT_SECRET: "hush-jwt",
      });
      assert.ok(isSecret(object.wire.stringData));
      assert.equal(object.input("type"), "Opaque");
      assert.equal(object.input("immutable"), true);
      assert.equal(object.input("metadata.name"), undefined);
      assert.equal(await valueOf(value.name), "todo-secrets-1a2b3c4d");
      assert.deepEqual(value.podAnnotations, {});
      assert.doesNotMatch(visible([object.wire, component.outputs]), /hush/);
    });
  }

  it("leaves out what isn't set: no COHERE_API_KEY, not an empty one", async () => {
    const { resources } = await secret({}, { DATABASE_URL: "url" });
    assert.deepEqual(resources.one(SECRET_TYPE).input("stringData"), { DATABASE_URL: "url" });
  });

  it("keeps each variable under the key that the settings name", async () => {
    const keys = { DATABASE_URL: "database-url", COHERE_API_KEY: "cohere-api-key" };
    const { resources } = await secret(
      { secrets: { name: "app-secrets", keys } },
      { DATABASE_URL: "url", COHERE_API_KEY: "key", JWT_SECRET: "jwt" },
    );
    assert.deepEqual(resources.one(SECRET_TYPE, "app-secrets").input("stringData"), {
      "database-url": "url",
      "cohere-api-key": "key",
      JWT_SECRET: "jwt",
    });
  });

  it("has a keyed revision where its name is fixed: it rolls the pods and says nothing", async () => {
    const settings = { secrets: { immutable: false } };
    const revision = async (value: string) => {
      const { value: component, resources } = await secret(settings, { JWT_SECRET: value });
      assertComponent(resources, "todo-chatbot:app:Secret", "secret", [
        `${SECRET_TYPE} todo-secrets`,
        `${PASSWORD} secret-revision-key`,
      ]);
      assert.equal(resources.one(SECRET_TYPE).input("metadata.name"), "todo-secrets");
      const output = component.podAnnotations["todo-app/secret-revision"];
      // Else every pod template would be hidden in the diff.
      assert.equal(await outputIsSecret(output), false);
      return String(await valueOf(output));
    };
    const first = await revision("weak");
    assert.match(first, /^[0-9a-f]{64}$/);
    assert.equal(await revision("weak"), first);
    assert.notEqual(await revision("other"), first);
    const { createHash } = await import("node:crypto");
    const plain = createHash("sha256")
      .update(JSON.stringify({ JWT_SECRET: "weak" }))
      .digest("hex");
    assert.notEqual(first, plain);
  });
});
