import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  detectCluster,
  isListening,
  isOfflineProfile,
} from "../../../../../cli/environment/detect/cluster";
import { ClusterTarget } from "../../../../../lib/kubernetes/target";
import { nodeImage } from "../../../../../offline/node-image";

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
    detectCluster(
      new ClusterTarget({ context: "here", kubeconfig: join(folder, "config") }, {}),
      {},
      folder,
    );

  it("is running where its address listens", async () => {
    kubeconfig(`https://127.0.0.1:${port}`, true);
    profile();
    const seen = await look();
    assert.equal(seen.state, "running");
    assert.equal(seen.profile?.containerRuntime, "containerd");
    assert.equal(seen.entry?.minikube, true);
  });
  it("is stopped where a profile exists and nothing listens", async () => {
    kubeconfig("https://127.0.0.1:9", true);
    profile();
    assert.equal((await look()).state, "stopped");
  });
  it("is stopped too where only the kubeconfig has lost it", async () => {
    profile();
    assert.equal((await look()).state, "stopped");
  });
  it("is missing where there is neither", async () => {
    assert.equal((await look()).state, "missing");
  });

  it("belongs to offline mode where its node does", () => {
    assert.equal(isOfflineProfile({ baseImage: nodeImage().image }), true);
    const official = "gcr.io/k8s-minikube/kicbase:v0.0.50@sha256:0";
    assert.equal(isOfflineProfile({ baseImage: official }), false);
    assert.equal(isOfflineProfile(undefined), false);
  });
  it("is looked for at its address", async () => {
    assert.equal(await isListening(`https://127.0.0.1:${port}`), true);
    assert.equal(await isListening("https://127.0.0.1:9"), false);
  });
});
