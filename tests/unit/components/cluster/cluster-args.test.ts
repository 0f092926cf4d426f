import assert from "node:assert/strict";
import { clusterArgs } from "../../../../components";
import { containerdMinikube, dockerMinikube } from "../../../support/fixtures";

describe("components: clusterArgs", () => {
  it("name the kubeconfig only where one is set, and the daemon only where it isn't the usual one", () => {
    assert.deepEqual(clusterArgs({ kubeconfig: "/k" }, dockerMinikube), {
      identity: {
        context: "minikube",
        server: "https://127.0.0.1:32771",
        minikube: true,
        uid: undefined,
        authority: undefined,
      },
      kubeconfig: "/k",
      delivery: "minikube-daemon",
      dockerHost: "tcp://127.0.0.1:32769",
      dockerCertPath: "/home/me/.minikube/certs",
    });
    const { kubeconfig, dockerHost } = clusterArgs({ kubeconfig: "" }, containerdMinikube);
    assert.deepEqual([kubeconfig, dockerHost], [undefined, undefined]);
  });
});
