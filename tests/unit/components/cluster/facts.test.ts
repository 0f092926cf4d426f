import assert from "node:assert/strict";
import { accessCommand, discoverCluster, nodePortUrl } from "../../../../components";
import { chooseDelivery } from "../../../../components/cluster/facts";
import { containerdMinikube, dockerMinikube, settingsWith } from "../../../support/fixtures";
import { Machine } from "../../../support/machine";

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

  it("is the one that is set, where that is possible", () => {
    assert.equal(choose({ delivery: "minikube-load" }), "minikube-load");
    assert.equal(choose({ delivery: "host-daemon", registry }), "host-daemon");
    assert.equal(choose({ delivery: "registry", registry }), "registry");
  });

  it("has to be said for a cluster of which nothing is known", () => {
    assert.throws(
      () => choose({}, context("kind-x")),
      /How do images get to context "kind-x"\?.*images\.registry\.server.*images\.delivery to host-daemon/,
    );
  });

  it("can't be a Minikube's where there is none", () => {
    for (const delivery of ["minikube-daemon", "minikube-load"]) {
      assert.throws(
        () => choose({ delivery }, context("kind-x")),
        new RegExp(`images\\.delivery is ${delivery}, but context "kind-x" is no Minikube: set`),
      );
    }
  });

  it("can't be the node's docker daemon where its runtime is containerd", () => {
    assert.throws(
      () => choose({ delivery: "minikube-daemon" }, minikube, containerdMinikube.profile),
      /the profile's runtime is containerd, which has no docker daemon: set images\.delivery to minikube-load\.$/,
    );
  });
});

describe("components: addresses", () => {
  it("are on loopback where the profile publishes the port, else at the node", () => {
    assert.equal(nodePortUrl(dockerMinikube, 30080), "http://127.0.0.1:30080");
    assert.equal(nodePortUrl(dockerMinikube, 30090), "http://192.168.49.2:30090");
    assert.equal(nodePortUrl(containerdMinikube, 30080), "http://192.168.49.2:30080");
  });

  it("are where the API server is, on other clusters, IPv6 included", () => {
    const url = (server: string) =>
      nodePortUrl({ context: context("x", server), delivery: "registry" }, 30080);
    assert.equal(url("https://127.0.0.1:6443"), "http://127.0.0.1:30080");
    assert.equal(url("https://cluster.example"), "http://cluster.example:30080");
    assert.equal(url("https://[fd00::2]:6443"), "http://[fd00::2]:30080");
  });

  it("come with a command for machines that can't reach them", () => {
    assert.equal(
      accessCommand(dockerMinikube, "mine", "web"),
      "minikube -p minikube service web -n mine --url",
    );
    assert.equal(
      accessCommand({ context: context("kind-x"), delivery: "registry" }, "mine", "web"),
      "kubectl --context kind-x -n mine port-forward service/web 8080:http",
    );
  });
});

describe("components: discoverCluster", () => {
  let machine: Machine;
  beforeEach(() => (machine = new Machine()));
  afterEach(() => {
    machine.remove();
  });

  it("finds a Minikube with the docker runtime, and its daemon", () => {
    machine.setProfile("minikube", { ports: ["127.0.0.1:30080:30080"] });
    assert.deepEqual(discoverCluster(settingsWith()), dockerMinikube);
  });

  it("asks containerd's Minikube for no docker daemon", () => {
    machine.setProfile("minikube", { runtime: "containerd" });
    assert.deepEqual(discoverCluster(settingsWith()), containerdMinikube);
    assert.deepEqual(machine.calls, ["profile list --light -o json"]);
  });

  it("doesn't ask Minikube of another cluster", () => {
    machine.setContexts({ name: "docker-desktop" });
    const facts = discoverCluster(settingsWith({ context: "docker-desktop" }));
    assert.deepEqual(
      [facts.delivery, facts.profile, facts.builder],
      ["host-daemon", undefined, undefined],
    );
    assert.deepEqual(machine.calls, []);
  });

  describe("this machine's docker daemon", () => {
    const dockerHost = process.env.DOCKER_HOST;
    beforeEach(() => {
      delete process.env.DOCKER_HOST;
      machine.setContexts({ name: "colima" });
      machine.setDockerContext("colima", "unix:///home/me/.colima/docker.sock");
    });
    after(() => {
      if (dockerHost === undefined) delete process.env.DOCKER_HOST;
      else process.env.DOCKER_HOST = dockerHost;
    });
    const builder = () => discoverCluster(settingsWith({ context: "colima" })).builder;

    it("is that of the docker CLI's context, which the provider doesn't ask", () => {
      assert.deepEqual(builder(), { host: "unix:///home/me/.colima/docker.sock" });
    });

    it("is the one of DOCKER_HOST where that is set, as the provider finds it", () => {
      process.env.DOCKER_HOST = "tcp://127.0.0.1:2375";
      assert.equal(builder(), undefined);
    });
  });

  it("refuses a cluster elsewhere before it asks anything, unless it is allowed", () => {
    machine.setContexts({ name: "far", server: "https://203.0.113.7:6443" });
    const far = { context: "far", images: { registry } };
    assert.throws(() => discoverCluster(settingsWith(far)), /isn't on this machine/);
    const facts = discoverCluster(settingsWith({ ...far, allowedContexts: ["far"] }));
    assert.equal(facts.delivery, "registry");
  });

  it("reads the kubeconfig that is set", () => {
    const { kubeconfig } = machine;
    process.env.KUBECONFIG = "/nowhere";
    assert.equal(discoverCluster(settingsWith({ kubeconfig })).context.name, "minikube");
  });
});
