import assert from "node:assert/strict";
import { limitRangesFinding } from "../../../../cli/preconditions/limit-ranges";
import { resourceQuotasFinding } from "../../../../cli/preconditions/resource-quotas";
import { settingsWith } from "../../../support/fixtures";
import { pod, ready } from "../../../support/pods";

const small = {
  requests: { cpu: "100m", memory: "64Mi" },
  limits: { cpu: "100m", memory: "64Mi" },
};
const settings = settingsWith({
  namespace: "mine",
  backend: { replicas: 1, resources: small },
  frontend: { replicas: 1, resources: small },
  postgres: { resources: small },
});

describe("preconditions: ResourceQuotas", () => {
  const quota = (hard: Record<string, string>, used: Record<string, string> = {}) => ({
    metadata: { name: "team" },
    spec: {},
    status: { hard, used },
  });
  const check = (...quotas: Parameters<typeof resourceQuotasFinding>[1]) =>
    resourceQuotasFinding(settings, quotas, [], "dev");

  it("have to hold every replica, and the migration in addition", () => {
    // 3 pods of 100m, and the migration's 50m.
    assert.notEqual(check(quota({ "requests.cpu": "350m", pods: "4" })).state, "fix");
    const finding = check(quota({ "requests.cpu": "349m" }));
    assert.equal(finding.state, "fix");
    assert.match(
      finding.found,
      /ResourceQuota team in mine.*requests\.cpu: 350m needed, 349m of 349m left/,
    );
    // The migration's limit, 500m, is more than the surge's 200m.
    assert.equal(check(quota({ "limits.cpu": "800m" })).state, "ok");
    assert.match(check(quota({ "limits.cpu": "799m" })).found, /limits\.cpu: 800m needed/);
    assert.match(check(quota({ pods: "3" })).found, /pods: 4 needed, 3 of 3 left/);
  });

  it("are only noted where they don't hold the surge of all rollouts at once", () => {
    assert.equal(check(quota({ "requests.cpu": "500m", pods: "5" })).state, "ok");
    const pods = check(quota({ pods: "4" }));
    assert.equal(pods.state, "note");
    assert.match(
      pods.found,
      /surge pods.*pods: 5 needed, 4 of 4 left\. A rollout may have to wait/,
    );
    assert.match(pods.hint ?? "", /rollout\.maxSurge 0 in Pulumi\.dev\.yaml/);
    const cpu = check(quota({ "requests.cpu": "499m", memory: "320Mi" }));
    assert.equal(cpu.state, "note");
    assert.match(cpu.found, /requests\.cpu: 500m needed, 499m of 499m left\. /);
    // The migration requests as much memory as the surge.
    assert.match(check(quota({ memory: "319Mi" })).found, /too little.*memory: 320 MiB needed/);
  });

  it("count what others use, and the stack's own pods only once", () => {
    const used = quota({ "requests.cpu": "600m" }, { "requests.cpu": "250m" });
    assert.match(check(used).found, /500m needed, 350m of 600m left/);
    // The pod of the fixture requests 250m.
    assert.equal(resourceQuotasFinding(settings, [used], [pod(ready)], "dev").state, "ok");
  });

  it("that forbid NodePorts or volumes are named too", () => {
    assert.match(
      check(quota({ "services.nodeports": "0" })).found,
      /services\.nodeports: 1 needed/,
    );
    assert.match(check(quota({ persistentvolumeclaims: "0" })).found, /persistentvolumeclaims: 1/);
    assert.equal(
      check(quota({ "services.nodeports": "2" }, { "services.nodeports": "2" })).state,
      "ok",
    );
  });

  it("of a scope are left to the API server", () => {
    const scoped = { ...quota({ pods: "0" }), spec: { scopes: ["BestEffort"] } };
    assert.equal(check(scoped).state, "ok");
  });
});

describe("preconditions: LimitRanges", () => {
  const range = (...limits: Parameters<typeof limitRangesFinding>[1][number]["spec"]["limits"]) =>
    limitRangesFinding(settings, [{ metadata: { name: "small" }, spec: { limits } }], "dev");

  it("refuse a container that may use more, the migration's too", () => {
    assert.equal(range({ type: "Container", max: { cpu: "500m" } }).state, "ok");
    const finding = range({ type: "Container", max: { cpu: "200m" } });
    assert.equal(finding.state, "fix");
    assert.match(
      finding.found,
      /LimitRange small in mine.*the migration's cpu limit is 500m, at most 200m is allowed\.$/,
    );
    assert.match(finding.hint ?? "", /chart\.values\.migration\.resources/);
  });

  it("refuse one that requests too little, or may use too many times of it", () => {
    assert.match(
      range({ type: "Container", min: { memory: "100Mi" } }).found,
      /the backend's memory request is 64Mi, at least 100Mi is required/,
    );
    assert.match(
      range({ type: "Container", maxLimitRequestRatio: { cpu: "4" } }).found,
      /the migration's cpu limit 500m is more than 4 times its request 50m/,
    );
  });

  it("refuse a volume of another size", () => {
    const finding = range({ type: "PersistentVolumeClaim", max: { storage: "500Mi" } });
    assert.match(finding.found, /postgres\.storage is 1Gi, allowed is 0 to 500Mi/);
    assert.equal(range({ type: "PersistentVolumeClaim", min: { storage: "1Gi" } }).state, "ok");
  });
});
