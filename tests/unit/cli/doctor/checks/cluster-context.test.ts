import assert from "node:assert/strict";
import {
  contextFinding,
  type ContextToCheck,
} from "../../../../../cli/doctor/checks/cluster-context";
import { parseSettings } from "../../../../../settings";
import { containerdProfile } from "../../../../support/minikube-profile";
import { target } from "../../../../support/target";

const settings = parseSettings({});

describe("doctor: the context", () => {
  const entry = { name: "minikube", server: "https://192.168.49.2:8443", minikube: true };
  const profile = containerdProfile;
  const seen = { context: "minikube", state: "running", entry, profile } as const;
  const check = (cluster: ContextToCheck["cluster"], ready: boolean) =>
    contextFinding({ settings, cluster, target, ready });

  it("answers, is stopped, or is missing", () => {
    assert.equal(check(seen, true).state, "ok");
    assert.match(check(seen, false).found, /doesn't report that it is ready/);
    assert.match(check({ ...seen, state: "stopped" }, false).hint ?? "", /npm run up/);
    const missing = { ...seen, state: "missing", entry: undefined, profile: undefined } as const;
    assert.match(check(missing, false).hint ?? "", /creates a Minikube/);
  });
  it("isn't this machine's", () => {
    const far = { ...seen, entry: { ...entry, minikube: false, server: "https://203.0.113.1" } };
    assert.match(check(far, true).hint ?? "", /allowedContexts/);
  });
});
