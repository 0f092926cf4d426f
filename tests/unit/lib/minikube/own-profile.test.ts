import assert from "node:assert/strict";
import { leadsToProfile } from "../../../../lib/minikube/own-profile";
import { Folder } from "../../../support/folder";

const profile = {
  driver: "docker",
  apiServerHosts: ["192.168.49.2", "192.168.49.254", "k8s.example"],
};

describe("lib: leadsToProfile", () => {
  const folder = new Folder();
  after(() => {
    folder.remove();
  });
  function leads(
    server: string,
    { cluster = "mine", minikube = true, exists = true, DOCKER_HOST = "" } = {},
  ) {
    const extensions = minikube ? [{ extension: { provider: "minikube.sigs.k8s.io" } }] : [];
    const config = {
      clusters: [{ name: cluster, cluster: { server, extensions } }],
      contexts: [{ name: "mine", context: { cluster } }],
    };
    const path = folder.write("config", JSON.stringify(config));
    return leadsToProfile("mine", [path], exists ? profile : undefined, { DOCKER_HOST });
  }

  it("is so at the node's address, and where Minikube publishes the API server", () => {
    assert.equal(leads("https://192.168.49.2:8443"), true);
    assert.equal(leads("https://127.0.0.1:55123"), true);
  });
  it("is so at the address of several control planes, and at the name of `--apiserver-name`", () => {
    assert.equal(leads("https://192.168.49.254:8443"), true);
    assert.equal(leads("https://k8s.example:8443"), true);
  });
  it("is so on the machine of another docker engine", () => {
    const engine = { DOCKER_HOST: "ssh://me@10.0.0.9" };
    assert.equal(leads("https://10.0.0.9:32771", engine), true);
    assert.equal(
      leads("https://10.0.0.9:32771", { DOCKER_HOST: "unix:///run/docker.sock" }),
      false,
    );
  });
  it("isn't so where a user has pointed the context to another cluster or profile", () => {
    assert.equal(leads("https://192.168.58.2:8443"), false);
    assert.equal(leads("https://127.0.0.1:55123", { cluster: "minikube" }), false);
    assert.equal(leads("https://127.0.0.1:6443", { minikube: false }), false);
    assert.equal(leads("https://192.168.49.2:8443", { exists: false }), false);
  });
});
