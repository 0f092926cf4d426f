import assert from "node:assert/strict";
import { valueOf } from "../../../../cli/preview/registered-resource";
import { AppNamespace, appNamespaceArgs } from "../../../../components";
import { assertComponent, deployComponent } from "../../../support/component";
import { settingsWith } from "../../../support/fixtures";

describe("components: AppNamespace", () => {
  const settings = settingsWith({ namespace: "mine", version: "2.0.0" });

  for (const preview of [false, true]) {
    it(`makes the namespace, where only restricted pods are let in (preview: ${preview})`, async () => {
      const { value, resources } = await deployComponent(
        (inCluster) => new AppNamespace("app", appNamespaceArgs(settings), inCluster),
        { preview },
      );
      const type = "kubernetes:core/v1:Namespace";
      assertComponent(resources, "todo-chatbot:app:Namespace", "app", [`${type} app-namespace`]);
      const namespace = resources.one(type);
      assert.equal(namespace.input("metadata.name"), "mine");
      assert.deepEqual(namespace.input("metadata.labels"), {
        app: "todo-app",
        version: "2.0.0",
        "app.kubernetes.io/name": "todo-app",
        "app.kubernetes.io/instance": "todo-app",
        "app.kubernetes.io/part-of": "todo-app",
        "app.kubernetes.io/version": "2.0.0",
        "app.kubernetes.io/managed-by": "pulumi",
        "pod-security.kubernetes.io/enforce": "restricted",
        "pod-security.kubernetes.io/audit": "restricted",
        "pod-security.kubernetes.io/warn": "restricted",
      });
      assert.equal(await valueOf(value.name), "mine");
    });
  }
});
