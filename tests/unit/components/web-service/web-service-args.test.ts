import assert from "node:assert/strict";
import { webServiceArgs } from "../../../../components";
import { settingsWith } from "../../../support/fixtures";

function args(component: "backend" | "frontend", settings: Record<string, unknown> = {}) {
  return webServiceArgs(settingsWith(settings), component, {
    namespace: "mine",
    image: "todo:1",
    configMap: { name: "config-1", podAnnotations: { config: "1" } },
    secret: { name: "secret-1", podAnnotations: { secret: "2" } },
  });
}

describe("components: webServiceArgs", () => {
  it("roll pods by the Secret only where they read it", () => {
    assert.deepEqual(args("backend").podAnnotations, { config: "1", secret: "2" });
    assert.deepEqual(args("frontend").podAnnotations, { config: "1" });
  });

  it("leave out what another object owns or the type can't have", () => {
    assert.equal(args("backend").replicas, 2);
    assert.ok(!("replicas" in args("backend", { backend: { autoscaling: { enabled: true } } })));
    assert.equal(args("frontend").nodePort, 30080);
    assert.ok(!("nodePort" in args("frontend", { frontend: { service: { type: "ClusterIP" } } })));
    assert.ok(!("nodePort" in args("frontend", { frontend: { service: { nodePort: null } } })));
  });

  it("name the key of each variable from the Secret, and which of them are optional", () => {
    const settings = { secrets: { keys: { JWT_SECRET: "jwt" } } };
    assert.deepEqual(args("backend", settings).secretEnv, [
      { name: "DATABASE_URL", key: "DATABASE_URL", optional: false },
      { name: "COHERE_API_KEY", key: "COHERE_API_KEY", optional: true },
      { name: "BETTER_AUTH_SECRET", key: "BETTER_AUTH_SECRET", optional: false },
      { name: "JWT_SECRET", key: "jwt", optional: false },
    ]);
  });
});
