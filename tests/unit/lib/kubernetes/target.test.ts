import assert from "node:assert/strict";
import { ClusterTarget } from "../../../../lib/kubernetes/target";

describe("lib: the target cluster", () => {
  it("carries its context and kubeconfig in every command", () => {
    const target = new ClusterTarget(
      { context: "mine", kubeconfig: "~/my config" },
      { HOME: "/me" },
    );
    const kubeconfig = ["--kubeconfig", "/me/my config"];
    assert.deepEqual(target.kubectlArguments, ["--context", "mine", ...kubeconfig]);
    assert.deepEqual(target.helmArguments, ["--kube-context", "mine", ...kubeconfig]);
    assert.deepEqual(target.environment, { KUBECONFIG: "/me/my config" });
    const pasted = "--kubeconfig '/me/my config'";
    assert.equal(target.kubectl("get pods"), `kubectl --context mine ${pasted} get pods`);
    assert.equal(target.minikube("stop"), "KUBECONFIG='/me/my config' minikube -p mine stop");
    assert.equal(target.helm("list"), `helm --kube-context mine ${pasted} list`);
  });

  it("leaves the kubeconfig to kubectl where none is set", () => {
    const target = new ClusterTarget({ context: "mine", kubeconfig: "" }, { HOME: "/me" });
    assert.equal(target.kubectl("get pods"), "kubectl --context mine get pods");
    assert.deepEqual(target.environment, {});
  });
});
