import assert from "node:assert/strict";
import { createArguments, startArguments } from "../../../../offline/minikube/start";
import { KUBERNETES_VERSION } from "../../../../offline/pins";
import { clusterOptions } from "../../../support/offline/cluster-options";

describe("the arguments of minikube start", () => {
  it("create a cluster from what is built here, with the NodePorts on loopback", () => {
    const args = createArguments(clusterOptions, "local/node:1");
    for (const expected of [
      "--profile=other",
      "--driver=docker",
      "--container-runtime=containerd",
      `--kubernetes-version=${KUBERNETES_VERSION}`,
      "--base-image=local/node:1",
      "--preload=false",
      "--cni=bridge",
      "--cpus=3",
      "--memory=5000m",
      "--ports=127.0.0.1:30080:30080",
      "--ports=127.0.0.1:30081:30081",
      "--extra-config=kubeadm.ignore-preflight-errors=HTTPProxyCIDR",
    ]) {
      assert.ok(args.includes(expected), expected);
    }
    assert.equal(args.includes("--force"), process.getuid?.() === 0);
  });

  it("change nothing of an existing cluster", () => {
    const args = startArguments("other").join(" ");
    assert.match(args, /--profile=other/);
    assert.doesNotMatch(args, /runtime|memory|cpus|ports|kubernetes-version/);
  });
});
