import assert from "node:assert/strict";
import {
  creationArguments,
  restartArguments,
} from "../../../../../cli/environment/provide/start-minikube";

describe("minikube start", () => {
  const cluster = {
    profile: "minikube",
    driver: "docker",
    containerRuntime: "docker",
    cpus: 2,
    memoryMiB: 4096,
    nodePorts: [30080, 30081],
    addons: ["ingress", "metrics-server"],
  };
  it("creates a profile with its size, addons, runtime and ports on loopback", () => {
    const args = creationArguments(cluster);
    for (const expected of [
      "--profile=minikube",
      "--driver=docker",
      "--container-runtime=docker",
      "--cpus=2",
      "--memory=4096",
      "--addons=ingress,metrics-server",
      "--ports=127.0.0.1:30080:30080",
      "--ports=127.0.0.1:30081:30081",
    ]) {
      assert.ok(args.includes(expected), expected);
    }
  });
  it("publishes no ports where the node is a virtual machine", () => {
    const args = creationArguments({ ...cluster, driver: "kvm2", addons: [] });
    assert.ok(!args.some((arg) => arg.startsWith("--ports") || arg.startsWith("--addons")));
  });
  it("leaves an existing profile as it was created", () => {
    const args = restartArguments("minikube").filter((arg) => arg !== "--force");
    assert.deepEqual(args, ["start", "--profile=minikube", "--interactive=false"]);
  });
});
