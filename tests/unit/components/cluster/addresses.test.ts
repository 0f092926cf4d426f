import assert from "node:assert/strict";
import { accessCommand, hasIpv6, nodePortUrl } from "../../../../components";
import { containerdMinikube, dockerMinikube } from "../../../support/fixtures";

const context = (name: string, server = "https://127.0.0.1:6443") => ({
  name,
  server,
  minikube: false,
});

describe("components: addresses", () => {
  it("are on loopback where the profile publishes the port, else at the node", () => {
    assert.equal(nodePortUrl(dockerMinikube, 30080), "http://127.0.0.1:30080");
    assert.equal(nodePortUrl(dockerMinikube, 30090), "http://192.168.49.2:30090");
    assert.equal(nodePortUrl(containerdMinikube, 30080), "http://192.168.49.2:30080");
  });

  it("are where the API server is, on other clusters, IPv6 included", () => {
    const url = (server: string) => nodePortUrl({ context: context("x", server) }, 30080);
    assert.equal(url("https://127.0.0.1:6443"), "http://127.0.0.1:30080");
    assert.equal(url("https://cluster.example"), "http://cluster.example:30080");
    assert.equal(url("https://[fd00::2]:6443"), "http://[fd00::2]:30080");
  });

  it("are on loopback where the API server's address is any of this machine's", () => {
    const url = (server: string) => nodePortUrl({ context: context("x", server) }, 30080);
    assert.equal(url("https://0.0.0.0:6443"), "http://127.0.0.1:30080");
    assert.equal(url("https://kubernetes.docker.internal:6443"), "http://127.0.0.1:30080");
    assert.equal(url("https://host.docker.internal:6443"), "http://127.0.0.1:30080");
    assert.equal(url("https://[::]:6443"), "http://[::1]:30080");
  });

  it("are at a node's IPv6 address in brackets", () => {
    const { context: minikube, profile } = containerdMinikube;
    assert.ok(profile);
    const facts = { context: minikube, profile: { ...profile, nodeAddress: "fd00::2" } };
    assert.equal(nodePortUrl(facts, 30090), "http://[fd00::2]:30090");
    assert.ok(hasIpv6(facts) && !hasIpv6(containerdMinikube) && !hasIpv6(dockerMinikube));
    assert.ok(hasIpv6({ context: context("kind-x", "https://[::1]:6443") }));
  });

  it("come with a command for machines that can't reach them", () => {
    assert.equal(
      accessCommand(dockerMinikube, { kubeconfig: "", namespace: "mine" }, "web"),
      "minikube -p minikube service web -n mine --url",
    );
    assert.equal(
      accessCommand({ context: context("kind-x") }, { kubeconfig: "", namespace: "mine" }, "web"),
      "kubectl --context kind-x -n mine port-forward service/web 8080:http",
    );
    const other = { kubeconfig: "~/my config", namespace: "mine" };
    assert.equal(
      accessCommand(dockerMinikube, other, "web"),
      "KUBECONFIG=~/'my config' minikube -p minikube service web -n mine --url",
    );
    assert.equal(
      accessCommand({ context: context("kind-x") }, other, "web"),
      "kubectl --kubeconfig ~/'my config' --context kind-x -n mine port-forward service/web 8080:http",
    );
  });
});
