import assert from "node:assert/strict";
import { type AddressInfo, createServer, type Server } from "node:net";
import {
  checkCluster,
  type ClusterRequirement,
} from "../../../../../cli/environment/decide/check-cluster";
import { UserError } from "../../../../../lib/errors";
import { parseSettings } from "../../../../../settings";
import { FakeCluster } from "../../../../support/fake-cluster";

describe("what a command requires of the cluster", () => {
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
  const check = async (requirement: ClusterRequirement, context = "here") => {
    const settings = parseSettings({ context });
    checkCluster(
      { settings, cluster: { ...(await cluster.detect()), context }, stack: "dev" },
      requirement,
    );
  };

  it("is met by a running one", async () => {
    cluster.writeKubeconfig(`https://127.0.0.1:${port}`, true);
    cluster.writeProfile();
    await check("running");
  });
  it("is met by a stopped one where the command may start it", async () => {
    cluster.writeKubeconfig("https://127.0.0.1:9", true);
    cluster.writeProfile();
    await check("created");
    await assert.rejects(check("running"), /is stopped/);
  });
  it("is met by a missing one where the command creates it: up does, preview doesn't", async () => {
    await check("created");
    await check("existing");
    await assert.rejects(check("running"), (error) => {
      assert.ok(error instanceof UserError);
      assert.match(error.hint, /npm run up/);
      return true;
    });
  });
  it("isn't met by another program's context that doesn't answer", async () => {
    cluster.writeKubeconfig("https://127.0.0.1:9", false);
    await assert.rejects(check("created"), /127\.0\.0\.1:9, which doesn't answer/);
    await assert.rejects(check("created", "kind-x"), UserError);
  });
  it("isn't met by a remote one that isn't allowed", async () => {
    cluster.writeKubeconfig("https://203.0.113.1:6443", false);
    await assert.rejects(check("created"), /isn't on this machine/);
  }).timeout(10_000);
});
