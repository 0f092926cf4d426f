import assert from "node:assert/strict";
import { neededApis, optionalApiFinding } from "../../../../cli/preconditions/optional-apis";
import { settingsWith } from "../../../support/fixtures";
import { target } from "../../../support/target";

describe("preconditions: APIs that not every cluster has", () => {
  const findings = (settings: Record<string, unknown>, answer: string | undefined) =>
    neededApis(settingsWith(settings)).map((api) => optionalApiFinding(api, answer, target, "dev"));

  it("are none by default", () => {
    assert.deepEqual(findings({}, undefined), []);
  });

  it("metrics, for autoscaling: without them the number of pods stays at the minimum", () => {
    const settings = { backend: { autoscaling: { enabled: true } } };
    const [missing] = findings(settings, undefined);
    assert.equal(missing?.state, "note");
    assert.match(missing.found, /backend\.autoscaling is on, but the cluster has no metrics/);
    assert.match(missing.hint ?? "", /minikube -p minikube addons enable metrics-server/);
    assert.equal(findings(settings, "{}")[0]?.state, "ok");
  });

  it("the kinds of the Prometheus operator, which helm needs to know", () => {
    const monitoring = { serviceMonitor: { enabled: true }, rules: { enabled: true } };
    const settings = { chart: { values: { monitoring } } };
    const [missing] = findings(settings, undefined);
    assert.equal(missing?.state, "fix");
    assert.match(missing.found, /kind ServiceMonitor and PrometheusRule/);
    const answer = JSON.stringify({ resources: [{ kind: "ServiceMonitor" }] });
    assert.match(findings(settings, answer)[0]?.found ?? "", /the kind PrometheusRule\.$/);
    const both = JSON.stringify({
      resources: [{ kind: "ServiceMonitor" }, { kind: "PrometheusRule" }],
    });
    assert.equal(findings(settings, both)[0]?.state, "ok");
  });
});
