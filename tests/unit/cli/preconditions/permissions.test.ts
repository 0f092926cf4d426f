import assert from "node:assert/strict";
import {
  accessReviews,
  deniedPermissions,
  neededPermissions,
  permissionsFinding,
} from "../../../../cli/preconditions/permissions";
import { settingsWith } from "../../../support/fixtures";

describe("preconditions: permissions", () => {
  const kinds = (settings: Record<string, unknown>) =>
    neededPermissions(settingsWith(settings), true).map(
      ({ verb, group, resource }) => `${verb} ${group}/${resource}`,
    );

  it("are those of the objects that the settings lead to", () => {
    const usual = kinds({});
    assert.ok(usual.includes("create /namespaces"));
    assert.ok(usual.includes("create apps/statefulsets"));
    assert.ok(usual.includes("create networking.k8s.io/networkpolicies"));
    assert.ok(!usual.includes("create autoscaling/horizontalpodautoscalers"));
    const other = kinds({
      namespaceCreate: false,
      databaseUrl: "postgresql://u:p@h/d",
      backend: { autoscaling: { enabled: true } },
      chart: { values: { ingress: { enabled: true }, networkPolicy: { enabled: false } } },
    });
    assert.ok(other.includes("get /namespaces"));
    assert.ok(!other.includes("create /namespaces"));
    assert.ok(!other.includes("create apps/statefulsets"));
    assert.ok(other.includes("create autoscaling/horizontalpodautoscalers"));
    assert.ok(other.includes("create networking.k8s.io/ingresses"));
    assert.ok(!other.includes("create networking.k8s.io/networkpolicies"));
  });

  it("include the claim of a database in the cluster, which the program patches and destroy deletes", () => {
    const claims = (settings: Record<string, unknown>) =>
      kinds(settings).filter((text) => text.endsWith("/persistentvolumeclaims"));
    assert.deepEqual(
      claims({}).map((text) => text.split(" ")[0]),
      ["get", "create", "patch", "delete"],
    );
    assert.deepEqual(claims({ databaseUrl: "postgresql://u:p@h/d" }), []);
  });

  it("in a namespace are asked for only where it exists: creating it may give them", () => {
    const needed = neededPermissions(settingsWith(), false);
    assert.deepEqual(needed, [{ verb: "create", group: "", resource: "namespaces" }]);
  });

  it("are asked for in one request, whose answers come in the same order", () => {
    const needed = neededPermissions(settingsWith(), true);
    const { items } = JSON.parse(accessReviews(needed)) as { items: object[] };
    assert.equal(items.length, needed.length);
    const answers = needed.map(({ resource }) => String(resource !== "services")).join("\n");
    const denied = deniedPermissions(needed, answers);
    assert.deepEqual(
      denied.map(({ resource }) => resource),
      ["services"],
    );
  });

  it("that lack are named, with the settings for a user of one namespace", () => {
    const settings = settingsWith({ namespace: "mine" });
    const needed = neededPermissions(settings, true);
    assert.equal(permissionsFinding([], settings, "dev").state, "ok");
    const [namespaces = needed[0]] = needed;
    const cluster = permissionsFinding(
      namespaces === undefined ? [] : [namespaces],
      settings,
      "dev",
    );
    assert.match(cluster.found, /may not create namespaces/);
    assert.match(cluster.hint ?? "", /namespaceCreate false --stack dev/);
    const all = permissionsFinding(needed, settings, "dev");
    assert.match(all.found, /create deployments\.apps in mine/);
    assert.match(all.hint ?? "", /--clusterrole=admin .*-n mine/);
  });
});
