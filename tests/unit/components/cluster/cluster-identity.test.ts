import assert from "node:assert/strict";
import { FailedProgram, record } from "../../../../cli/preview/record-program";
import { Cluster } from "../../../../components/cluster";
import { RecordedIdentity } from "../../../../components/cluster/cluster-identity";
import { type ClusterIdentity, IDENTITY_TYPE } from "../../../../lib/kubernetes/cluster-identity";
import { deploy, PROJECT } from "../../../support/deploy";
import { Folder } from "../../../support/folder";

/** Pulumi's dynamic provider, as its plugin calls it. */
interface Provider {
  diff(id: string, olds: ClusterIdentity, news: ClusterIdentity): Promise<{ changes: boolean }>;
  create(inputs: ClusterIdentity): Promise<{ id: string; outs: ClusterIdentity }>;
  update(
    id: string,
    olds: ClusterIdentity,
    news: ClusterIdentity,
  ): Promise<{ outs: ClusterIdentity }>;
}

const minikube: ClusterIdentity = {
  context: "minikube",
  server: "https://192.168.49.2:8443",
  uid: "system-1",
  authority: "this-machine",
  minikube: true,
};
const prod: ClusterIdentity = { ...minikube, context: "prod", minikube: false };

describe("components: RecordedIdentity", () => {
  const folder = new Folder();
  let provider: Provider;
  /** The code that Pulumi keeps in the state, loaded on its own as the plugin does. */
  before(async () => {
    const { resources } = await deploy(() => new RecordedIdentity("identity", minikube));
    const code = String(resources.one(IDENTITY_TYPE).input("__provider"));
    const file = folder.write("saved-provider.cjs", code);
    provider = ((await import(file)) as { handler: () => Provider }).handler();
  });
  after(() => {
    folder.remove();
  });
  const changes = async (olds: ClusterIdentity, news: ClusterIdentity) =>
    (await provider.diff("id", olds, news)).changes;
  const refused = (olds: ClusterIdentity, news: ClusterIdentity, message: RegExp) =>
    assert.rejects(async () => provider.diff("id", olds, news), message);

  it("stays as it is where Minikube has another address, or the UID can't be read", async () => {
    assert.equal(await changes(minikube, { ...minikube, server: "https://127.0.0.1:1" }), false);
    assert.equal(await changes(minikube, { ...minikube, uid: undefined }), false);
  });

  it("records a UID that couldn't be read before, and keeps one that can't be read now", async () => {
    const before = { ...minikube, uid: undefined };
    assert.equal(await changes(before, minikube), true);
    assert.deepEqual((await provider.update("id", before, minikube)).outs, minikube);
    const { outs } = await provider.update("id", minikube, before);
    assert.equal(outs.uid, "system-1");
  });

  it("follows a Minikube that was deleted and created anew", async () => {
    assert.equal(await changes(minikube, { ...minikube, uid: "system-2" }), true);
  });

  it("records a Minikube that wasn't taken for one, and keeps it in a shell with another folder", async () => {
    const before = { ...minikube, minikube: false };
    assert.equal(await changes(before, minikube), true);
    assert.equal((await provider.update("id", before, minikube)).outs.minikube, true);
    assert.equal(await changes(minikube, before), false);
    const renewed = { ...before, authority: "renewed" };
    assert.equal((await provider.update("id", minikube, renewed)).outs.minikube, true);
  });

  it("refuses another context, another Minikube and another cluster, and names both", async () => {
    const other = { ...minikube, context: "other", uid: "system-2" };
    await refused(
      minikube,
      other,
      /"minikube" \(.*system-1\), but the settings lead to "other" \(.*system-2\)/,
    );
    await refused(
      minikube,
      { ...minikube, context: "other" },
      /pulumi config set context minikube/,
    );
    const stranger = { ...minikube, uid: "system-2", authority: "another-machine" };
    await refused(minikube, stranger, /npm run destroy -- --forget/);
    await refused(prod, { ...prod, uid: "system-2" }, /create another stack/);
  });
});

describe("components: Cluster, where the engine answers with what a state has recorded", () => {
  /** Runs the program as a destroy or a refresh does: no resource is compared, each keeps its state. */
  const run = (recorded: { id: string; state: Partial<ClusterIdentity> }) =>
    record(() => new Cluster("cluster", { identity: minikube, delivery: "host-daemon" }), {
      answer: (args) =>
        args.type === IDENTITY_TYPE
          ? { id: recorded.id, state: { ...recorded.state } }
          : { id: "provider", state: args.inputs as Record<string, unknown> },
      call: () => Promise.resolve({}),
      config: {},
      secretKeys: [],
      project: PROJECT,
      stack: "dev",
      preview: false,
    });

  it("makes the providers where it is the same cluster", async () => {
    const { resources } = await run({ id: "system-1", state: minikube });
    const { urn } = resources.one(IDENTITY_TYPE);
    for (const type of ["kubernetes", "docker"]) {
      assert.ok(resources.one(`pulumi:providers:${type}`).dependencies.includes(urn), type);
    }
  });

  it("makes none where it is another", async () => {
    await assert.rejects(run({ id: "x", state: { ...minikube, context: "other" } }), (error) => {
      assert.ok(error instanceof FailedProgram);
      assert.match(error.message, /deployed to the cluster "other" .* lead to "minikube"/);
      assert.ok(!error.resources.list.join().includes("pulumi:providers"), "no provider");
      return true;
    });
  });

  it("lets nothing depend on it where a state of a former version has none: it would be skipped", async () => {
    const { resources } = await run({ id: "", state: {} });
    for (const type of ["kubernetes", "docker"]) {
      assert.deepEqual(resources.one(`pulumi:providers:${type}`).dependencies, [], type);
    }
  });
});
