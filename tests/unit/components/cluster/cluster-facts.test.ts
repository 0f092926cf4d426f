import assert from "node:assert/strict";
import { discoverCluster } from "../../../../components";
import { readProfile } from "../../../../components/cluster/cluster-facts";
import type { UserError } from "../../../../lib/errors";
import { containerdMinikube, dockerMinikube, settingsWith } from "../../../support/fixtures";
import { Machine } from "../../../support/machine";
import { assertUserError } from "../../../support/user-error";

const registry = { server: "registry.example:5000" };

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

  it("reads the UID of kube-system where the user may, with the kubeconfig that is set", () => {
    const { kubeconfig } = machine;
    assert.equal(discoverCluster(settingsWith({ kubeconfig })).uid, undefined);
    machine.setSystemUid("system-1");
    assert.equal(discoverCluster(settingsWith({ kubeconfig })).uid, "system-1");
  });

  it("reads that UID with a kubeconfig in the user's home", () => {
    const { HOME } = process.env;
    process.env.HOME = machine.folder;
    try {
      machine.setSystemUid("system-1");
      assert.equal(discoverCluster(settingsWith({ kubeconfig: "~/kubeconfig" })).uid, "system-1");
    } finally {
      process.env.HOME = HOME;
    }
  });

  it("asks containerd's Minikube for no docker daemon", () => {
    machine.setProfile("minikube", { runtime: "containerd" });
    assert.deepEqual(discoverCluster(settingsWith()), containerdMinikube);
    assert.deepEqual(machine.calls, []);
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

    it("is reached with the certificates of the context, where it has any", () => {
      machine.setDockerContext("far", "tcp://10.0.0.1:2376", "/home/me/.docker/contexts/tls/f");
      assert.deepEqual(builder(), {
        host: "tcp://10.0.0.1:2376",
        certPath: "/home/me/.docker/contexts/tls/f/docker",
      });
    });

    it("isn't the one in Minikube's node: a shell that leads there is refused, unless the node builds", () => {
      process.env.MINIKUBE_ACTIVE_DOCKERD = "minikube";
      try {
        process.env.DOCKER_HOST = "tcp://192.168.49.2:2376";
        assert.throws(builder, (error: UserError) => {
          assert.match(error.message, /lead to the one in the node of Minikube "minikube"/);
          assert.match(error.hint, /minikube -p minikube docker-env --unset/);
          return true;
        });
        machine.setContexts({ name: "minikube", minikube: true });
        const { delivery, builder: node } = discoverCluster(settingsWith());
        assert.deepEqual([delivery, node?.host], ["minikube-daemon", "tcp://127.0.0.1:32769"]);
      } finally {
        delete process.env.MINIKUBE_ACTIVE_DOCKERD;
      }
    });

    it("is the one of DOCKER_HOST where that is set, as the provider finds it", () => {
      process.env.DOCKER_HOST = "tcp://127.0.0.1:2375";
      assert.equal(builder(), undefined);
    });
  });

  it("refuses a cluster that isn't on this machine before it reads any more, unless it is allowed", () => {
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

  it("reads a profile of Minikube", () => {
    machine.setProfile("mine", { runtime: "containerd", ports: ["127.0.0.1:30080:30080"] });
    assert.deepEqual(readProfile("mine"), {
      name: "mine",
      driver: "docker",
      containerRuntime: "containerd",
      nodes: 1,
      nodeAddress: "192.168.49.2",
      publishedPorts: [30080],
    });
  });

  it("names the profiles that exist where there is no such one, and what to do", () => {
    assertUserError(
      () => readProfile("mine"),
      /context "mine" is a Minikube's, but there is no such profile \(found: minikube\)\.\n`npm run up` creates it\.$/,
    );
  });
});
