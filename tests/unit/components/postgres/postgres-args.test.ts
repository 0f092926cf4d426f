import assert from "node:assert/strict";
import { postgresArgs } from "../../../../components";
import { settingsWith } from "../../../support/fixtures";

describe("components: postgresArgs", () => {
  it("run the database where the settings have it in the cluster", () => {
    const running = (settings: Record<string, unknown>) =>
      postgresArgs(settingsWith(settings), "mine").running;
    assert.equal(running({}), true);
    assert.equal(running({ databaseUrl: "postgresql://db.example/todo" }), false);
  });

  it("have the selector's labels among the pod's", () => {
    const { selectorLabels, podLabels, labels } = postgresArgs(
      settingsWith({ labels: { app: "mine" } }),
      "mine",
    );
    assert.deepEqual(selectorLabels, { app: "mine", component: "database" });
    for (const [key, value] of Object.entries(selectorLabels)) {
      assert.equal(podLabels[key], value);
      assert.equal(labels[key], value);
    }
  });

  it("pass on no setting that the component doesn't take", () => {
    const args = postgresArgs(settingsWith(), "mine");
    assert.ok(!("enabled" in args) && !("name" in args));
    assert.equal(args.objectName, "todo-postgres");
  });
});
