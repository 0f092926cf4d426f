import assert from "node:assert/strict";
import { type AddressInfo, createServer, type Server } from "node:net";
import { isListening, isOfflineProfile } from "../../../../../cli/environment/detect/cluster";
import { nodeImage } from "../../../../../offline/node-image";
import { FakeCluster } from "../../../../support/fake-cluster";

describe("the configured cluster", () => {
  let cluster: FakeCluster;
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
    cluster = new FakeCluster();
  });
  afterEach(() => {
    cluster.remove();
  });

  it("is running where its address listens", async () => {
    cluster.writeKubeconfig(`https://127.0.0.1:${port}`, true);
    cluster.writeProfile();
    const seen = await cluster.detect();
    assert.equal(seen.state, "running");
    assert.equal(seen.profile?.containerRuntime, "containerd");
    assert.equal(seen.entry?.minikube, true);
  });
  it("is stopped where a profile exists and nothing listens", async () => {
    cluster.writeKubeconfig("https://127.0.0.1:9", true);
    cluster.writeProfile();
    assert.equal((await cluster.detect()).state, "stopped");
  });
  it("is stopped too where only the kubeconfig has lost it", async () => {
    cluster.writeProfile();
    assert.equal((await cluster.detect()).state, "stopped");
  });
  it("is missing where there is neither", async () => {
    assert.equal((await cluster.detect()).state, "missing");
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
