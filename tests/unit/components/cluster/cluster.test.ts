import assert from "node:assert/strict";
import { Cluster, clusterArgs } from "../../../../components/cluster";
import { IDENTITY_TYPE } from "../../../../lib/kubernetes/cluster-identity";
import { deploy } from "../../../support/deploy";
import { containerdMinikube, dockerMinikube } from "../../../support/fixtures";

const TYPE = "todo-chatbot:cluster:Cluster";

describe("components: Cluster", () => {
  it("records the identity, and makes both providers", async () => {
    const { resources } = await deploy(
      () => new Cluster("cluster", clusterArgs({ kubeconfig: "" }, dockerMinikube)),
    );
    const component = resources.one(TYPE, "cluster");
    assert.deepEqual(
      resources
        .childrenOf(component)
        .map((child) => `${child.type} ${child.name}`)
        .sort(),
      [
        "pulumi-nodejs:dynamic/cluster:Identity cluster-identity",
        "pulumi:providers:docker cluster-docker",
        "pulumi:providers:kubernetes cluster-kubernetes",
      ],
    );
    assert.deepEqual(component.outputs, { context: "minikube", delivery: "minikube-daemon" });
  });

  it("lets both providers wait until the cluster is known to be the recorded one", async () => {
    const { resources } = await deploy(
      () => new Cluster("cluster", clusterArgs({ kubeconfig: "" }, dockerMinikube)),
    );
    const { urn } = resources.one(IDENTITY_TYPE);
    for (const type of ["kubernetes", "docker"]) {
      assert.ok(resources.one(`pulumi:providers:${type}`).dependencies.includes(urn), type);
    }
  });

  it("pins the context, names the cluster by it, and changes what has a fixed name in place", async () => {
    const { resources } = await deploy(
      () => new Cluster("cluster", clusterArgs({ kubeconfig: "" }, dockerMinikube)),
    );
    const { inputs } = resources.one("pulumi:providers:kubernetes");
    assert.deepEqual(inputs, {
      context: "minikube",
      clusterIdentifier: "minikube",
      enableConfigMapMutable: "true",
      enableSecretMutable: "true",
    });
  });

  it("takes a kubeconfig where one is set", async () => {
    const { resources } = await deploy(
      () => new Cluster("cluster", clusterArgs({ kubeconfig: "/home/me/other" }, dockerMinikube)),
    );
    assert.equal(
      resources.one("pulumi:providers:kubernetes").input("kubeconfig"),
      "/home/me/other",
    );
  });

  it("builds in the node's docker daemon where it has one", async () => {
    const { resources } = await deploy(
      () => new Cluster("cluster", clusterArgs({ kubeconfig: "" }, dockerMinikube)),
    );
    assert.deepEqual(resources.one("pulumi:providers:docker").inputs, {
      host: "tcp://127.0.0.1:32769",
      certPath: "/home/me/.minikube/certs",
    });
  });

  it("builds in the machine's own docker daemon in any other case", async () => {
    const { resources } = await deploy(
      () => new Cluster("cluster", clusterArgs({ kubeconfig: "" }, containerdMinikube)),
    );
    assert.deepEqual(resources.one("pulumi:providers:docker").inputs, {});
  });

  it("refuses certificates without a docker daemon to use them for", async () => {
    const args = { ...clusterArgs({ kubeconfig: "" }, dockerMinikube), dockerHost: undefined };
    await assert.rejects(
      deploy(() => new Cluster("cluster", args)),
      /^Error: Cluster "cluster": dockerCertPath is set without dockerHost; expected both or neither/,
    );
  });
});
