import assert from "node:assert/strict";
import { appConfigMapArgs, appSecretArgs, appSecretValuesArgs } from "../../../../components";
import { dockerMinikube, fakeSecrets, settingsWith } from "../../../support/fixtures";

const DATABASE_URL = "postgresql://db.example/todo";

describe("components: the arguments of ConfigMap and Secret", () => {
  it("follow the settings of the ConfigMap", () => {
    const settings = settingsWith({ configMap: { name: "app-config", immutable: false } });
    const { data, labels, ...args } = appConfigMapArgs(settings, dockerMinikube, "mine");
    assert.deepEqual(args, { objectName: "app-config", namespace: "mine", immutable: false });
    assert.equal(labels["app.kubernetes.io/managed-by"], "pulumi");
    assert.equal(data.LOG_LEVEL, "info");
  });

  it("have each secret under its key, in one order", () => {
    const keys = { DATABASE_URL: "database-url" };
    const settings = settingsWith({ secrets: { name: "app-secrets", keys } });
    const { data, labels, ...args } = appSecretArgs(settings, "mine", {
      JWT_SECRET: "jwt",
      DATABASE_URL: "url",
    });
    assert.deepEqual(args, { objectName: "app-secrets", namespace: "mine", immutable: true });
    assert.equal(labels.app, "todo-app");
    assert.deepEqual(Object.entries(data), [
      ["database-url", "url"],
      ["JWT_SECRET", "jwt"],
    ]);
  });

  it("leave out secrets that aren't set, so that they are generated or missing", () => {
    const args = (settings: Record<string, unknown>) =>
      appSecretValuesArgs(settingsWith(settings), dockerMinikube, DATABASE_URL);
    assert.deepEqual(args({}), { databaseUrl: DATABASE_URL });
    const { betterAuthSecret, jwtSecret, cohereApiKey } = fakeSecrets;
    assert.deepEqual(args(fakeSecrets), {
      databaseUrl: DATABASE_URL,
      betterAuthSecret,
      jwtSecret,
      cohereApiKey,
    });
    assert.deepEqual(
      args({
        backend: {
          secretEnv: ["DATABASE_URL", "BETTER_AUTH_SECRET", "JWT_SECRET", "BETTER_AUTH_URL"],
        },
      }),
      {
        databaseUrl: DATABASE_URL,
        betterAuthUrl: "http://127.0.0.1:30080",
      },
    );
  });
});
