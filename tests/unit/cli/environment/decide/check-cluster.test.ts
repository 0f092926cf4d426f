import assert from "node:assert/strict";
import { type AddressInfo, createServer, type Server } from "node:net";
import {
  checkCluster,
  type ClusterRequirement,
} from "../../../../../cli/environment/decide/check-cluster";
import { detectCluster } from "../../../../../cli/environment/detect/cluster";
import { UserError } from "../../../../../lib/errors";
import { ClusterTarget } from "../../../../../lib/kubernetes/target";
import { parseSettings } from "../../../../../settings";
import { Folder } from "../../../../support/folder";

describe("what a command requires of the cluster", () => {
  let folder: Folder;
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
    folder = new Folder();
  });
  afterEach(() => {
    folder.remove();
  });
  const kubeconfig = (address: string, minikube: boolean) => {
    const extension = minikube ? [{ extension: { provider: "minikube.sigs.k8s.io" } }] : [];
    const config = {
      clusters: [{ name: "here", cluster: { server: address, extensions: extension } }],
      contexts: [{ name: "here", context: { cluster: "here" } }],
    };
    folder.write("config", JSON.stringify(config));
  };
  const profile = () => {
    const config = {
      Driver: "docker",
      CPUs: 2,
      Memory: 4096,
      KubernetesConfig: { ContainerRuntime: "containerd" },
      ExposedPorts: ["127.0.0.1:30080:30080"],
    };
    folder.write(".minikube/profiles/here/config.json", JSON.stringify(config));
  };
  const look = () =>
    detectCluster(
      new ClusterTarget({ context: "here", kubeconfig: folder.file("config") }, {}),
      {},
      folder.path,
    );
  const check = async (requirement: ClusterRequirement, context = "here") => {
    const settings = parseSettings({ context });
    checkCluster({ settings, cluster: { ...(await look()), context }, stack: "dev" }, requirement);
  };

  it("is met by a running one", async () => {
    kubeconfig(`https://127.0.0.1:${port}`, true);
    profile();
    await check("running");
  });
  it("is met by a stopped one where the command may start it", async () => {
    kubeconfig("https://127.0.0.1:9", true);
    profile();
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
    kubeconfig("https://127.0.0.1:9", false);
    await assert.rejects(check("created"), /127\.0\.0\.1:9, which doesn't answer/);
    await assert.rejects(check("created", "kind-x"), UserError);
  });
  it("isn't met by a remote one that isn't allowed", async () => {
    kubeconfig("https://203.0.113.1:6443", false);
    await assert.rejects(check("created"), /isn't on this machine/);
  }).timeout(10_000);
});
