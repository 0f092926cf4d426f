import assert from "node:assert/strict";
import { valueOf } from "../../../../cli/preview/registered-resource";
import { AppNamespace, appNamespaceArgs } from "../../../../components";
import { DESTROY_VARIABLE } from "../../../../lib/pulumi/destroying";
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

  it("reads one that exists already, under the name that a created one has in the state", async () => {
    const given = settingsWith({ namespace: "mine", namespaceCreate: false });
    const { value, resources } = await deployComponent(
      (inCluster) => new AppNamespace("app", appNamespaceArgs(given), inCluster),
    );
    const namespace = resources.one("kubernetes:core/v1:Namespace");
    assert.deepEqual(
      [namespace.name, namespace.isRead, namespace.id],
      ["app-namespace", true, "mine"],
    );
    assert.equal(await valueOf(value.name), "mine");
    assert.equal(value.created, undefined);
  });

  it("reads nothing while it is destroyed: the namespace may be gone", async () => {
    const given = settingsWith({ namespace: "mine", namespaceCreate: false });
    process.env[DESTROY_VARIABLE] = "1";
    try {
      const { value, resources } = await deployComponent(
        (inCluster) => new AppNamespace("app", appNamespaceArgs(given), inCluster),
      );
      assert.deepEqual(resources.ofType("kubernetes:core/v1:Namespace"), []);
      assert.equal(await valueOf(value.name), "mine");
    } finally {
      Reflect.deleteProperty(process.env, DESTROY_VARIABLE);
    }
  });
});
