import assert from "node:assert/strict";
import { betterAuthUrl, configData } from "../../../../components/config/config-data";
import {
  containerdMinikube,
  dockerMinikube,
  fakeSecrets,
  settingsWith,
} from "../../../support/fixtures";

describe("components: configData", () => {
  it("has data model 004's keys, and where the browser finds the page", () => {
    assert.deepEqual(configData(settingsWith(), dockerMinikube), {
      BACKEND_URL: "http://todo-backend:7860",
      FRONTEND_URL: "http://todo-frontend:3000",
      LOG_LEVEL: "info",
      NODE_ENV: "production",
      BETTER_AUTH_URL: "http://127.0.0.1:30080",
    });
  });

  it("names the node where it publishes no port, and the Service where there is no NodePort", () => {
    const url = (frontend: object) =>
      configData(settingsWith({ frontend }), containerdMinikube).BETTER_AUTH_URL;
    assert.equal(url({}), "http://192.168.49.2:30080");
    assert.equal(url({ service: { nodePort: null } }), "http://todo-frontend:3000");
    assert.equal(url({ service: { type: "ClusterIP" } }), "http://todo-frontend:3000");
  });

  it("follows names and ports, and lets configMap.data add and replace", () => {
    const data = configData(
      settingsWith({
        backend: { service: { name: "api", port: 80 } },
        frontend: { name: "web" },
        configMap: { logLevel: "debug", data: { FRONTEND_URL: "https://todo.example", X: "1" } },
      }),
      dockerMinikube,
    );
    assert.equal(data.BACKEND_URL, "http://api:80");
    assert.equal(data.FRONTEND_URL, "https://todo.example");
    assert.equal(data.LOG_LEVEL, "debug");
    assert.equal(data.X, "1");
  });

  it("leaves the page's address to the Secret where a web service takes it from there", () => {
    const secretEnv = ["DATABASE_URL", "BETTER_AUTH_SECRET", "JWT_SECRET", "BETTER_AUTH_URL"];
    const settings = settingsWith({
      backend: { secretEnv },
      configMap: { data: { BETTER_AUTH_URL: "https://todo.example" } },
    });
    assert.equal(configData(settings, dockerMinikube).BETTER_AUTH_URL, undefined);
    assert.equal(betterAuthUrl(settings, dockerMinikube), "https://todo.example");
  });

  it("has no secret in it", () => {
    const data = configData(settingsWith(fakeSecrets), dockerMinikube);
    assert.doesNotMatch(JSON.stringify(data), /hush|neon/);
  });
});
