import assert from "node:assert/strict";
import {
  type ClusterComparison,
  refreshReason,
  refusalOf,
} from "../../../../cli/stack/same-cluster";
import type { ClusterRelation, LiveCluster } from "../../../../lib/kubernetes/cluster-identity";

const recorded = {
  context: "minikube",
  kubeconfig: "",
  server: "https://192.168.49.2:8443",
  uid: "system-1",
  authority: "this-machine",
  minikube: true,
  deployed: true,
  namespaces: [{ name: "todo-app", uid: "app-1" }],
};
const configured = { context: "other", server: "https://192.168.58.2:8443", uid: "system-2" };
const live: LiveCluster = {
  state: "running",
  uid: "system-2",
  namespaces: new Map([["todo-app", "app-2"]]),
};

function comparison(
  relation: ClusterRelation,
  changes: Partial<ClusterComparison> = {},
): Omit<ClusterComparison, "state"> {
  return { relation, recorded, configured, live, ...changes };
}

function refused(relation: ClusterRelation, changes: Partial<ClusterComparison> = {}): string {
  const refusal = refusalOf(comparison(relation, changes), "dev");
  return `${refusal?.message ?? ""}\n${refusal?.hint ?? ""}`;
}

describe("a command for another cluster", () => {
  it("is refused, names both clusters, and says how to go back, to move and to forget", () => {
    for (const relation of ["other-context", "other-cluster"] as const) {
      const text = refused(relation);
      assert.match(text, /"minikube" \(API server https:\/\/192\.168\.49\.2:8443, .*system-1\)/);
      assert.match(text, /"other" \(API server https:\/\/192\.168\.58\.2:8443, .*system-2\)/);
      assert.match(text, /To go back: .* To move: .*npm run destroy -- --stack dev/);
      assert.match(text, /forget it: `npm run destroy -- --stack dev --forget`/);
    }
    assert.match(refused("other-context"), /config set context minikube --stack dev/);
  });
  it("says where both contexts lead to one cluster", () => {
    const one = { live: { ...live, uid: "system-1" } };
    assert.match(refused("other-context", one), /Both are one cluster/);
    assert.doesNotMatch(refused("other-context"), /Both are one cluster/);
  });
  it("is refused where the namespace isn't the stack's, with both UIDs", () => {
    assert.match(
      refused("foreign-namespace"),
      /namespace "todo-app" .*isn't the one that stack dev created .*its UID is app-2, expected app-1/,
    );
  });
  it("is refused where the cluster can't be found: that doesn't mean that it is gone", () => {
    const missing: LiveCluster = { state: "missing", namespaces: new Map() };
    assert.match(
      refused("unreachable", { live: missing }),
      /doesn't mean that the cluster is gone/,
    );
    const former = { ...recorded, uid: undefined, authority: undefined, minikube: undefined };
    const unknown = comparison("unreachable", { live: missing, recorded: former });
    assert.notEqual(refusalOf(unknown, "dev"), undefined);
    // The state of a former version doesn't tell more than the name of the Minikube that `up` creates.
    assert.equal(refusalOf(unknown, "dev", { mayCreate: true }), undefined);
    const known = comparison("unreachable", { live: missing });
    assert.notEqual(refusalOf(known, "dev", { mayCreate: true }), undefined);
  });
  it("isn't refused where the cluster is the same, stopped, deleted or made anew, or nothing is there", () => {
    for (const relation of ["same", "deleted", "recreated", "undeployed"] as const) {
      assert.equal(refusalOf(comparison(relation), "dev"), undefined);
    }
    const silent: LiveCluster = { state: "silent", namespaces: new Map() };
    assert.equal(refusalOf(comparison("unreachable", { live: silent }), "dev"), undefined);
  });
});

describe("the cluster is read first", () => {
  const withNamespace = (uid: string | undefined): LiveCluster => ({
    ...live,
    namespaces: new Map([["todo-app", uid]]),
  });
  it("where the namespace is gone, or the Minikube was made anew", () => {
    const gone = { live: withNamespace(undefined) };
    assert.match(refreshReason(comparison("same", gone)) ?? "", /"todo-app" .*isn't in this/);
    assert.match(refreshReason(comparison("recreated", gone)) ?? "", /created anew/);
  });
  it("not where the state fits, or nothing can be told", () => {
    assert.equal(refreshReason(comparison("same", { live: withNamespace("app-1") })), undefined);
    const unreadable = { live: { ...live, namespaces: new Map<string, undefined>() } };
    assert.equal(refreshReason(comparison("same", unreadable)), undefined);
  });
});
