import assert from "node:assert/strict";
import { valueOf } from "../../../../cli/preview/registered-resource";
import { AppConfigMap } from "../../../../components";
import { objectLabels } from "../../../../settings";
import { assertComponent, deployComponent } from "../../../support/component";
import { settingsWith } from "../../../support/fixtures";

const CONFIG_MAP_TYPE = "kubernetes:core/v1:ConfigMap";

function configMap(given: Record<string, unknown>, data: Record<string, string>) {
  const settings = settingsWith(given);
  const { name: objectName, immutable } = settings.configMap;
  const labels = objectLabels(settings);
  return deployComponent(
    (inCluster) =>
      new AppConfigMap(
        "config",
        { objectName, namespace: "mine", labels, immutable, data },
        inCluster,
      ),
  );
}

describe("components: AppConfigMap", () => {
  it("is immutable and named by Pulumi, so that a change makes a new one", async () => {
    const { value, resources } = await configMap({}, { LOG_LEVEL: "info" });
    const children = [`${CONFIG_MAP_TYPE} todo-config`];
    assertComponent(resources, "todo-chatbot:app:ConfigMap", "config", children);
    const object = resources.one(CONFIG_MAP_TYPE);
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
      const object = resources.one(CONFIG_MAP_TYPE, "app-config");
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
