import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clamp } from "../../../../cli/environment/decide/node-size";
import { whyNotMinikube } from "../../../../cli/environment/decide/minikube-name";
import { takenPorts } from "../../../../cli/environment/detect/host-ports";
import {
  creationArguments,
  restartArguments,
} from "../../../../cli/environment/provide/start-minikube";
import {
  isOfSandbox,
  listening,
  lookAtCluster,
  minikubeHome,
} from "../../../../cli/environment/detect/cluster";
import { UserError } from "../../../../lib/errors";
import { checkCluster } from "../../../../cli/environment/decide/check-cluster";
import { parseSettings } from "../../../../settings";
import { nodeImage } from "../../../../offline/node-image";

describe("a node's size", () => {
  it("is what was asked where the machine has it", () => {
    const size = clamp({ cpus: 4, memoryMiB: 4096 }, { cpus: 8, memoryMiB: 16000 });
    assert.deepEqual(size, { cpus: 4, memoryMiB: 4096, notes: [] });
  });
  it("is cut to the machine, and that is said", () => {
    const size = clamp({ cpus: 4, memoryMiB: 4096 }, { cpus: 2, memoryMiB: 4000 });
    assert.deepEqual(size, {
      cpus: 2,
      memoryMiB: 3488,
      notes: [
        "4 CPUs asked, this machine has 2: 2 taken",
        "4096 MB asked, this machine has 4000 MB: 3488 MB taken",
      ],
    });
  });
  it("can't be had on a machine that is too small", () => {
    assert.ok("tooSmall" in clamp({ cpus: 2, memoryMiB: 2048 }, { cpus: 1, memoryMiB: 8000 }));
    assert.ok("tooSmall" in clamp({ cpus: 2, memoryMiB: 2048 }, { cpus: 2, memoryMiB: 2000 }));
  });
});

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
  it("makes a profile with its size, addons, runtime and ports on loopback", () => {
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
  it("leaves a profile that exists as it was made", () => {
    const args = restartArguments("minikube").filter((arg) => arg !== "--force");
    assert.deepEqual(args, ["start", "--profile=minikube", "--interactive=false"]);
  });
});

describe("a context that isn't there", () => {
  it("becomes a Minikube profile of its name", () => {
    assert.equal(whyNotMinikube("minikube", []), undefined);
    assert.equal(whyNotMinikube("todo-e2e", []), undefined);
  });
  for (const name of ["kind-dev", "docker-desktop", "gke_p_z_c", "admin@cluster", "a b"]) {
    it(`doesn't where it is "${name}"`, () => {
      assert.ok(whyNotMinikube(name, []));
    });
  }
  it("doesn't where the settings allow it as a cluster elsewhere", () => {
    assert.match(whyNotMinikube("prod", ["prod"]) ?? "", /allowedContexts/);
  });
});

describe("the configured cluster", () => {
  let folder: string;
  let server: Server;
  let port: number;
  before((done) => {
    server = createServer().listen(0, "127.0.0.1", () => {
      port = (server.address() as AddressInfo).port;
      done();
    });
  });
  after((done) => {
    server.close(done);
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "cluster-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const kubeconfig = (address: string, minikube: boolean) => {
    const extension = minikube ? [{ extension: { provider: "minikube.sigs.k8s.io" } }] : [];
    const config = {
      clusters: [{ name: "here", cluster: { server: address, extensions: extension } }],
      contexts: [{ name: "here", context: { cluster: "here" } }],
    };
    writeFileSync(join(folder, "config"), JSON.stringify(config));
  };
  const profile = () => {
    const path = join(folder, ".minikube", "profiles", "here");
    mkdirSync(path, { recursive: true });
    const config = {
      Driver: "docker",
      CPUs: 2,
      Memory: 4096,
      KubernetesConfig: { ContainerRuntime: "containerd" },
      ExposedPorts: ["127.0.0.1:30080:30080"],
    };
    writeFileSync(join(path, "config.json"), JSON.stringify(config));
  };
  const look = () =>
    lookAtCluster({ context: "here", kubeconfig: join(folder, "config") }, {}, folder);
  const check = async (wish: "make" | "start" | "running", context = "here") => {
    const settings = parseSettings({ context });
    checkCluster({ settings, cluster: { ...(await look()), context }, stack: "dev" }, wish);
  };

  it("runs where its address listens", async () => {
    kubeconfig(`https://127.0.0.1:${port}`, true);
    profile();
    const seen = await look();
    assert.equal(seen.state, "running");
    assert.equal(seen.profile?.containerRuntime, "containerd");
    assert.equal(seen.entry?.minikube, true);
    await check("running");
  });
  it("is stopped where a profile is there and nothing listens", async () => {
    kubeconfig("https://127.0.0.1:9", true);
    profile();
    assert.equal((await look()).state, "stopped");
    await check("make");
    await assert.rejects(check("running"), /is stopped/);
  });
  it("is stopped too where only the kubeconfig has lost it", async () => {
    profile();
    assert.equal((await look()).state, "stopped");
  });
  it("is missing where there is neither: up makes it, preview doesn't", async () => {
    assert.equal((await look()).state, "missing");
    await check("make");
    await check("start");
    await assert.rejects(check("running"), (error) => {
      assert.ok(error instanceof UserError);
      assert.match(error.hint, /npm run up/);
      return true;
    });
  });
  it("isn't made where another program's context doesn't answer", async () => {
    kubeconfig("https://127.0.0.1:9", false);
    await assert.rejects(check("make"), /127\.0\.0\.1:9, which doesn't answer/);
    await assert.rejects(check("make", "kind-x"), UserError);
  });
  it("isn't used where it is elsewhere and nobody allowed it", async () => {
    kubeconfig("https://203.0.113.1:6443", false);
    await assert.rejects(check("make"), /isn't on this machine/);
  }).timeout(10_000);

  it("is the sandbox's where its node is", () => {
    const file = {
      driver: "docker",
      containerRuntime: "docker",
      cpus: 2,
      memoryMiB: 4096,
      exposedPorts: [],
    };
    assert.equal(isOfSandbox({ ...file, baseImage: nodeImage().image }), true);
    const official = "gcr.io/k8s-minikube/kicbase:v0.0.50@sha256:0";
    assert.equal(isOfSandbox({ ...file, baseImage: official }), false);
    assert.equal(isOfSandbox(undefined), false);
  });
  it("tells whether a port on loopback is taken", async () => {
    assert.deepEqual(await takenPorts([port]), [port]);
    assert.equal(await listening(`https://127.0.0.1:${port}`), true);
    assert.equal(await listening("https://127.0.0.1:9"), false);
  });
  it("is described in Minikube's folder, whose variable has two forms", () => {
    assert.equal(minikubeHome({}, "/h"), join("/h", ".minikube"));
    assert.equal(minikubeHome({ MINIKUBE_HOME: "/m" }, "/h"), join("/m", ".minikube"));
    assert.equal(minikubeHome({ MINIKUBE_HOME: "/m/.minikube" }, "/h"), "/m/.minikube");
  });
});
