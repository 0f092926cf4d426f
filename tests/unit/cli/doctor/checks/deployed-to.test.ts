import assert from "node:assert/strict";
import { deployedToFinding } from "../../../../../cli/doctor/checks/deployed-to";
import type { ClusterRelation, LiveCluster } from "../../../../../lib/kubernetes/cluster-identity";

const recorded = {
  ...{ context: "minikube", kubeconfig: "", uid: "system-1" },
  ...{ deployed: true, namespaces: [] },
};

function finding(
  relation: ClusterRelation,
  state: LiveCluster["state"] = "running",
  uid: string | null = "system-1",
) {
  const live = { state, namespaces: new Map<string, string>() };
  const configured = { context: "other" };
  return deployedToFinding(
    { relation, recorded: { ...recorded, uid: uid ?? undefined }, configured, live },
    "dev",
  );
}

describe("doctor: deployed to", () => {
  it("is the cluster that the settings name, or nothing is deployed", () => {
    assert.equal(finding("same").state, "ok");
    assert.equal(deployedToFinding(undefined, "dev").state, "ok");
  });
  it("is to be fixed where the settings lead to another one", () => {
    for (const relation of ["other-context", "other-cluster", "foreign-namespace"] as const) {
      const { state, hint } = finding(relation);
      assert.equal(state, "fix", relation);
      assert.match(hint ?? "", /--forget/);
    }
  });
  it("isn't known where the cluster doesn't answer", () => {
    assert.equal(finding("unreachable", "silent").state, "skipped");
    assert.equal(finding("unreachable", "missing").state, "fix");
  });
  it("notes a state of a former version, which has no identity yet", () => {
    assert.equal(finding("same", "running", null).state, "note");
  });
  it("notes a Minikube that was deleted or made anew", () => {
    assert.match(finding("deleted").found, /was deleted/);
    assert.match(finding("recreated").found, /another one has its name now/);
  });
});
