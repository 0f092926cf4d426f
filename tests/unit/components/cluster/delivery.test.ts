import assert from "node:assert/strict";
import { chooseDelivery } from "../../../../components/cluster/delivery";
import { containerdMinikube, dockerMinikube, settingsWith } from "../../../support/fixtures";
import { assertUserError } from "../../../support/user-error";

const context = (name: string, server = "https://127.0.0.1:6443") => ({
  name,
  server,
  minikube: false,
});
const registry = { server: "registry.example:5000" };

describe("components: how images get into the cluster", () => {
  const { context: minikube, profile } = dockerMinikube;
  const choose = (
    images: object,
    where = minikube,
    node: typeof profile | undefined = where === minikube ? profile : undefined,
  ) => chooseDelivery(settingsWith({ images }).images, where, node);

  it("is chosen by what the cluster is", () => {
    assert.equal(choose({}), "minikube-daemon");
    assert.equal(choose({}, minikube, containerdMinikube.profile), "minikube-load");
    assert.equal(choose({}, context("docker-desktop")), "host-daemon");
    assert.equal(choose({ registry }), "registry");
    assert.equal(choose({ registry }, context("far")), "registry");
  });

  it("reaches every node where a profile has several: docker-env refuses them", () => {
    const several = profile && { ...profile, nodes: 2 };
    assert.equal(choose({}, minikube, several), "minikube-load");
    assertUserError(
      () => choose({ delivery: "minikube-daemon" }, minikube, several),
      /the profile has 2 nodes, of which each has a docker daemon of its own\.\nSet images\.delivery to minikube-load, or images\.registry\.server/,
    );
  });

  it("is this machine's daemon where the driver is none, unless the runtime has none", () => {
    const none = profile && { ...profile, driver: "none" };
    assert.equal(choose({}, minikube, none), "host-daemon");
    assert.equal(
      choose({}, minikube, none && { ...none, containerRuntime: "containerd" }),
      "minikube-load",
    );
    assertUserError(
      () => choose({ delivery: "minikube-daemon" }, minikube, none),
      /the profile's driver is none: .*\.\nSet images\.delivery to host-daemon\.$/,
    );
  });

  it("is the one that is set, where that is possible", () => {
    assert.equal(choose({ delivery: "minikube-load" }), "minikube-load");
    assert.equal(choose({ delivery: "host-daemon", registry }), "host-daemon");
    assert.equal(choose({ delivery: "registry", registry }), "registry");
  });

  it("has to be said for a cluster of which nothing is known", () => {
    assertUserError(
      () => choose({}, context("kind-x")),
      /How do images get to context "kind-x"\?[^]*Set images\.registry\.server.*images\.delivery to host-daemon/,
    );
  });

  it("can't be a Minikube's where there is none", () => {
    for (const delivery of ["minikube-daemon", "minikube-load"]) {
      assertUserError(
        () => choose({ delivery }, context("kind-x")),
        new RegExp(
          `images\\.delivery is ${delivery}, but context "kind-x" is no Minikube\\.\nSet images`,
        ),
      );
    }
  });

  it("can't be the node's docker daemon where its runtime is containerd", () => {
    assertUserError(
      () => choose({ delivery: "minikube-daemon" }, minikube, containerdMinikube.profile),
      /the profile's runtime is containerd, which has no docker daemon\.\nSet images\.delivery to minikube-load, or images\.registry/,
    );
  });
});
