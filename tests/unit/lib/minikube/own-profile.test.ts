import assert from "node:assert/strict";
import { leadsToProfile } from "../../../../lib/minikube/own-profile";
import { Folder } from "../../../support/folder";

const profile = { nodeAddress: "192.168.49.2" };

describe("lib: leadsToProfile", () => {
  const folder = new Folder();
  after(() => {
    folder.remove();
  });
  function leads(server: string, { cluster = "mine", minikube = true, exists = true } = {}) {
    const extensions = minikube ? [{ extension: { provider: "minikube.sigs.k8s.io" } }] : [];
    const config = {
      clusters: [{ name: cluster, cluster: { server, extensions } }],
      contexts: [{ name: "mine", context: { cluster } }],
    };
    const path = folder.write("config", JSON.stringify(config));
    return leadsToProfile("mine", [path], exists ? profile : undefined);
  }

  it("is so at the node's address, and where Minikube publishes the API server", () => {
    assert.equal(leads("https://192.168.49.2:8443"), true);
    assert.equal(leads("https://127.0.0.1:55123"), true);
  });
  it("isn't so where a user has pointed the context to another cluster or profile", () => {
    assert.equal(leads("https://192.168.58.2:8443"), false);
    assert.equal(leads("https://127.0.0.1:55123", { cluster: "minikube" }), false);
    assert.equal(leads("https://127.0.0.1:6443", { minikube: false }), false);
    assert.equal(leads("https://192.168.49.2:8443", { exists: false }), false);
  });
});
