import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { AppConfigMap, AppSecret } from "../../../../components";
import { assertComponent, deployComponent } from "../../../support/component";
import { settingsWith } from "../../../support/fixtures";
import { outputIsSecret, valueOf } from "../../../../cli/preview/registered-resource";
import { isSecret, visible } from "../../../../lib/pulumi/values";

const configMapType = "kubernetes:core/v1:ConfigMap";
const secretType = "kubernetes:core/v1:Secret";
const password = "random:index/randomPassword:RandomPassword";

function configMap(settings: Record<string, unknown>, data: Record<string, string>) {
  return deployComponent(
    (inCluster) =>
      new AppConfigMap(
        "config",
        { settings: settingsWith(settings), namespace: "mine", data },
        inCluster,
      ),
  );
}

function secret(
  settings: Record<string, unknown>,
  values: Record<string, string>,
  preview = false,
) {
  return deployComponent(
    (inCluster) =>
      new AppSecret(
        "secret",
        {
          settings: settingsWith(settings),
          namespace: "mine",
          values: Object.fromEntries(
            Object.entries(values).map(([key, value]) => [key, pulumi.secret(value)]),
          ),
        },
        inCluster,
      ),
    { preview },
  );
}

describe("components: AppConfigMap", () => {
  it("is immutable and named by Pulumi, so that a change makes a new one", async () => {
    const { value, resources } = await configMap({}, { LOG_LEVEL: "info" });
    const children = [`${configMapType} todo-config`];
    assertComponent(resources, "todo-chatbot:app:ConfigMap", "config", children);
    const object = resources.one(configMapType);
    assert.equal(object.input("immutable"), true);
    assert.equal(object.input("metadata.name"), undefined);
    assert.equal(object.input("metadata.namespace"), "mine");
    assert.equal(object.input("metadata.labels.app"), "todo-app");
    assert.deepEqual(object.input("data"), { LOG_LEVEL: "info" });
    assert.equal(await valueOf(value.name), "todo-config-1a2b3c4d");
    assert.deepEqual(value.podAnnotations, {});
  });

  it("has a fixed name where it may change in place, and a revision that rolls the pods", async () => {
    const settings = { configMap: { name: "app-config", immutable: false } };
    const revision = async (data: Record<string, string>) => {
      const { value, resources } = await configMap(settings, data);
      const object = resources.one(configMapType, "app-config");
      assert.equal(object.input("metadata.name"), "app-config");
      assert.equal(object.input("immutable"), undefined);
      assert.deepEqual(Object.keys(value.podAnnotations), ["todo-app/config-revision"]);
      return String(await valueOf(value.podAnnotations["todo-app/config-revision"]));
    };
    const first = await revision({ LOG_LEVEL: "info" });
    assert.match(first, /^[0-9a-f]{64}$/);
    assert.equal(await revision({ LOG_LEVEL: "info" }), first);
    assert.notEqual(await revision({ LOG_LEVEL: "debug" }), first);
  });
});

describe("components: AppSecret", () => {
  for (const preview of [false, true]) {
    it(`sends its content as a secret, immutable and named by Pulumi (preview: ${preview})`, async () => {
      const { value, resources } = await secret(
        {},
        { DATABASE_URL: "hush-url", JWT_SECRET: "hush-jwt" },
        preview,
      );
      const children = [`${secretType} todo-secrets`];
      const component = assertComponent(resources, "todo-chatbot:app:Secret", "secret", children);
      const object = resources.one(secretType);
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
    assert.deepEqual(resources.one(secretType).input("stringData"), { DATABASE_URL: "url" });
  });

  it("keeps each variable under the key that the settings name", async () => {
    const keys = { DATABASE_URL: "database-url", COHERE_API_KEY: "cohere-api-key" };
    const { resources } = await secret(
      { secrets: { name: "app-secrets", keys } },
      { DATABASE_URL: "url", COHERE_API_KEY: "key", JWT_SECRET: "jwt" },
    );
    assert.deepEqual(resources.one(secretType, "app-secrets").input("stringData"), {
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
        `${secretType} todo-secrets`,
        `${password} secret-revision-key`,
      ]);
      assert.equal(resources.one(secretType).input("metadata.name"), "todo-secrets");
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
