import assert from "node:assert/strict";
import { readHolders } from "../../../../cli/preconditions/holders";
import {
  namespaceFinding,
  type NamespaceObject,
  type NamespaceToCheck,
} from "../../../../cli/preconditions/namespace";
import { serviceMeshFinding } from "../../../../cli/preconditions/service-mesh";
import { target } from "../../../support/target";

function namespace(metadata: Partial<NamespaceObject["metadata"]> = {}): NamespaceObject {
  return {
    metadata: {
      name: "mine",
      uid: "1",
      creationTimestamp: "2026-01-01T00:00:00Z",
      ...metadata,
    },
  };
}

describe("preconditions: the namespace", () => {
  const check = (given: Partial<NamespaceToCheck>, namespaceCreate = true) =>
    namespaceFinding({
      settings: { namespace: "mine", namespaceCreate },
      found: undefined,
      holders: [],
      created: [],
      target,
      stack: "dev",
      ...given,
    });

  it("is created where there is none, and stays where the stack has created it", () => {
    assert.equal(check({}).state, "ok");
    assert.equal(check({ found: namespace(), created: ["1"] }).state, "ok");
  });

  it("of others is refused: who made it, and what to set", () => {
    const managedFields = [{ manager: "kubectl-create" }];
    const finding = check({ found: namespace({ managedFields }), created: ["2"] });
    assert.equal(finding.state, "fix");
    assert.match(finding.found, /"mine" exists already.*made by kubectl-create at 2026-01-01/);
    assert.match(finding.hint ?? "", /config set namespaceCreate false --stack dev/);
    // Between creating and recording it, Pulumi may have been killed.
    assert.match(finding.hint ?? "", /If nobody needs what is in it.* delete namespace mine`/);
    const labels = {
      "app.kubernetes.io/managed-by": "pulumi",
      "app.kubernetes.io/instance": "other",
    };
    assert.match(check({ found: namespace({ labels }) }).found, /another stack.*release: other/);
  });

  it("has to exist with namespaceCreate: false", () => {
    const missing = check({}, false);
    assert.equal(missing.state, "fix");
    assert.match(missing.found, /There is no namespace "mine", and namespaceCreate is false/);
    assert.match(missing.hint ?? "", /create namespace mine/);
    assert.equal(check({ found: namespace() }, false).state, "ok");
    const released = check({ found: namespace(), created: ["1"] }, false);
    assert.match(released.found, /created it, and lets go of it/);
  });

  it("that is ending is waited for, and what holds it is named", () => {
    const found = namespace({ deletionTimestamp: "2026-01-02T00:00:00Z" });
    assert.match(
      check({ found, created: ["1"] }).found,
      /"mine" is being deleted, since 2026-01-02/,
    );
    const held = check({ found, holders: ["configmap/held (finalizer example.com/hold)"] });
    assert.match(held.found, /held by configmap\/held \(finalizer example\.com\/hold\)/);
    assert.match(held.hint ?? "", /-n mine patch configmap\/held --type=merge/);
  });
});

describe("preconditions: what holds a namespace", () => {
  it("are the objects with finalizers", () => {
    const output =
      "ConfigMap/kube-root-ca.crt \nConfigMap/held example.com/hold\nWidget/w a/b c/d\n";
    assert.deepEqual(readHolders(output), [
      "configmap/held (finalizer example.com/hold)",
      "widget/w (finalizers a/b, c/d)",
    ]);
  });
});

describe("preconditions: a service mesh", () => {
  it("is named where it adds proxies to the pods", () => {
    const istio = [{ "istio-injection": "enabled" }, { "istio.io/rev": "stable" }];
    for (const labels of istio) {
      assert.match(serviceMeshFinding(namespace({ labels }))[0]?.found ?? "", /^Istio.*mine/);
    }
    const annotations = { "linkerd.io/inject": "enabled" };
    assert.match(serviceMeshFinding(namespace({ annotations }))[0]?.found ?? "", /^Linkerd/);
    assert.deepEqual(serviceMeshFinding(namespace()), []);
    assert.deepEqual(serviceMeshFinding(undefined), []);
  });
});
