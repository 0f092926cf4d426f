import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { kubernetesProvider } from "../../../../../provider-stand-ins/kubernetes/kubernetes-provider";
import type { JsonObject, Properties } from "../../../../../provider-stand-ins/protocol/values";
import { Secret, UNKNOWN } from "../../../../../provider-stand-ins/protocol/values";
import { failure, FakeApiServer } from "../../../../support/provider-stand-ins/fake-api-server";
import { FakePrograms } from "../../../../support/provider-stand-ins/fake-programs";
import {
  initFailure,
  ProviderClient,
} from "../../../../support/provider-stand-ins/provider-client";

const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
const SECRET = "kubernetes:core/v1:Secret";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const CLAIM_PATCH = "kubernetes:core/v1:PersistentVolumeClaimPatch";
const CLAIMS = "/api/v1/namespaces/ns/persistentvolumeclaims";
const MAPS = "/api/v1/namespaces/ns/configmaps";
const DEPLOYMENTS = "/apis/apps/v1/namespaces/ns/deployments";

const map = (data: Properties, more: Properties = {}): Properties => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "a", namespace: "ns", ...more },
  data,
});
const deployment: Properties = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", namespace: "ns" },
  spec: { replicas: 2 },
};

describe("stand-in kubernetes: objects in a cluster", () => {
  let programs: FakePrograms;
  let api: FakeApiServer;
  let client: ProviderClient;
  beforeEach(async () => {
    programs = new FakePrograms();
    api = await FakeApiServer.start(programs);
    client = await ProviderClient.connect(kubernetesProvider(), { context: "minikube" });
  });
  afterEach(() => {
    client.close();
    api.stop();
    programs.remove();
  });

  it("starts kubectl once, with the context, and not for checks and diffs", async () => {
    await client.check(CONFIG_MAP, map({}));
    await client.diff(CONFIG_MAP, map({ a: "1" }), map({ a: "2" }));
    assert.equal(programs.log(), "");
    await client.create(CONFIG_MAP, map({}));
    await client.read(CONFIG_MAP, "ns/a");
    assert.match(programs.log(), /^kubectl proxy --unix-socket=\S+ --context=minikube\n$/);
  });

  it("creates an object and returns the server's answer as state", async () => {
    const { id, state } = await client.create(CONFIG_MAP, map({ k: "v" }));
    assert.equal(id, "ns/a");
    assert.equal((state.metadata as JsonObject).uid, `uid-${MAPS}/a`);
    assert.deepEqual(state.__inputs, map({ k: "v" }));
    assert.deepEqual(api.lines("POST"), [`${MAPS}?fieldManager=pulumi-kubernetes`]);
  });

  it("keeps a Secret's data secret in the state", async () => {
    const inputs = { ...map({}), kind: "Secret", data: new Secret({ k: "dg==" }) };
    const { state } = await client.create(SECRET, inputs);
    assert.deepEqual(state.data, new Secret({ k: "dg==" }));
    const read = await client.read(SECRET, "ns/a", inputs, state);
    assert.deepEqual(read.state.data, new Secret({ k: "dg==" }));
    assert.deepEqual(read.inputs.data, new Secret({ k: "dg==" }));
  });

  it("doesn't take over an object that exists", async () => {
    await client.create(CONFIG_MAP, map({}));
    await assert.rejects(client.create(CONFIG_MAP, map({})), /already exists[^]*pulumi import/);
  });

  describe("a patch", () => {
    const claim = (storage: string): Properties => ({
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: {
        name: "data",
        namespace: "ns",
        annotations: { "pulumi.com/patchForce": "true", "pulumi.com/skipAwait": "true" },
      },
      spec: { resources: { requests: { storage } } },
    });
    const others = { apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { name: "data" } };

    it("sets its fields on an object that others created, and updates them alone", async () => {
      api.objects.set(`${CLAIMS}/data`, { ...others, spec: { volumeName: "pv" } });
      const { id, state } = await client.create(CLAIM_PATCH, claim("1Gi"));
      assert.equal(id, "ns/data");
      await client.update(CLAIM_PATCH, id, { inputs: claim("1Gi"), state }, claim("2Gi"));
      const patches = api.requests.filter(({ method }) => method === "PATCH");
      assert.deepEqual(
        patches.map(({ body, query }) => [body, query.force, query.fieldManager]),
        ["1Gi", "2Gi"].map((size) => [claim(size), "true", state.__fieldManager]),
      );
      assert.deepEqual(api.lines("POST"), []);
    });

    it("is previewed without the server at first, and needs a name", async () => {
      const preview = await client.create(CLAIM_PATCH, claim("1Gi"), { preview: true });
      assert.deepEqual(preview.state, claim("1Gi"));
      assert.deepEqual(api.requests, []);
      const { failures } = await client.check(CLAIM_PATCH, { metadata: { namespace: "ns" } });
      assert.match(failures[0]?.reason ?? "", /patch resources require the `.metadata.name` field/);
    });

    it("gives its fields up on delete, unless the object needs them", async () => {
      api.objects.set(`${CLAIMS}/data`, others);
      await client.delete(CLAIM_PATCH, "ns/data", claim("1Gi"));
      assert.ok(api.objects.has(`${CLAIMS}/data`));
      api.intercept = () => failure(422, "Invalid", "spec.accessModes: Required value");
      await assert.rejects(
        client.delete(CLAIM_PATCH, "ns/data", claim("1Gi")),
        /currently managing a required field.*`retainOnDelete`/,
      );
    });
  });

  it("previews by a dry run where all inputs are known", async () => {
    const preview = await client.create(CONFIG_MAP, map({ k: "v" }), { preview: true });
    assert.equal(preview.id, "");
    assert.ok((preview.state.metadata as JsonObject).uid);
    assert.equal(preview.state.status, undefined);
    assert.equal(api.objects.size, 0);
    const unknown = await client.create(CONFIG_MAP, map({ k: UNKNOWN }), { preview: true });
    assert.deepEqual(unknown.state, map({ k: UNKNOWN }));
    assert.equal(api.requests.length, 1);
  });

  it("previews in a namespace that doesn't exist yet, and retries a create in one", async () => {
    let missing = 1;
    api.intercept = ({ method }) =>
      method === "POST" && missing-- > 0
        ? failure(404, "NotFound", 'namespaces "ns" not found', "namespaces")
        : undefined;
    const preview = await client.create(CONFIG_MAP, map({}), { preview: true });
    assert.deepEqual(preview.state, map({}));
    missing = 1;
    assert.equal((await client.create(CONFIG_MAP, map({}))).id, "ns/a");
  });

  it("reports why kubectl can't reach the cluster", async () => {
    programs.add("kubectl", 'echo "error: context \\"minikube\\" does not exist" >&2; exit 1');
    const creating = client.create(CONFIG_MAP, map({}));
    await assert.rejects(
      creating,
      /cluster is unreachable: error: context "minikube" does not exist/,
    );
    const preview = await client.create(CONFIG_MAP, map({}), { preview: true });
    assert.deepEqual(preview.state, map({}));
    await assert.rejects(client.read(CONFIG_MAP, "ns/a"), /PULUMI_K8S_DELETE_UNREACHABLE=true/);
  });

  it("takes over the fields of its create before the first apply", async () => {
    const { id, state } = await client.create(CONFIG_MAP, map({ k: "v" }));
    const news = map({ k: "v" }, { labels: { a: "b" } });
    await client.update(CONFIG_MAP, id, { inputs: map({ k: "v" }), state }, news);
    const [handOver, apply] = api.requests.filter(({ method }) => method === "PATCH");
    const entries = (handOver?.body as JsonObject[])[0]?.value as JsonObject[];
    assert.equal(entries[0]?.operation, "Apply");
    assert.equal(entries[0].manager, state.__fieldManager);
    assert.equal(apply?.query.fieldManager, state.__fieldManager);
    assert.equal(apply?.query.force, "false");
    assert.deepEqual(apply.body, news);
  });

  it("keeps the state of an update that the server refuses", async () => {
    const { id, state } = await client.create(CONFIG_MAP, map({ k: "v" }));
    api.intercept = ({ method, query }) =>
      method === "PATCH" && query.force !== undefined
        ? failure(409, "Conflict", 'conflict with "kubectl": .data.k')
        : undefined;
    const old = { inputs: map({ k: "v" }), state };
    const error: unknown = await client
      .update(CONFIG_MAP, id, old, map({ k: "w" }))
      .catch((thrown: unknown) => thrown);
    const failed = initFailure(error);
    assert.equal(failed.id, "ns/a");
    assert.deepEqual(failed.state.__inputs, map({ k: "w" }));
    assert.match(
      failed.reasons[0] ?? "",
      /server-side apply field conflict detected[^]*field manager "pulumi-kubernetes-\w+" had an apply conflict: .*conflict with "kubectl"/,
    );
  });

  it("finds changed and deleted objects on refresh", async () => {
    const { id, state } = await client.create(CONFIG_MAP, map({ k: "v" }));
    const live = api.objects.get(`${MAPS}/a`) ?? {};
    api.objects.set(`${MAPS}/a`, { ...live, data: { k: "drifted", other: "x" } });
    const read = await client.read(CONFIG_MAP, id, map({ k: "v" }), state);
    assert.deepEqual(read.inputs, map({ k: "drifted" }));
    api.objects.clear();
    assert.equal((await client.read(CONFIG_MAP, id, map({ k: "v" }), state)).id, "");
  });

  it("reads an object that no program created", async () => {
    await client.create(CONFIG_MAP, map({ k: "v" }));
    const { id, inputs } = await client.read(CONFIG_MAP, "ns/a");
    assert.equal(id, "ns/a");
    assert.deepEqual(inputs, map({ k: "v" }));
  });

  it("deletes in the foreground, waits for the end, and accepts a missing object", async () => {
    await client.create(CONFIG_MAP, map({}));
    let lingering = 2;
    api.intercept = ({ method, path }) => {
      if (method !== "GET" || lingering-- <= 0) return undefined;
      return { status: 200, body: { metadata: { uid: `uid-${path}` } } };
    };
    await client.delete(CONFIG_MAP, "ns/a", map({}));
    const deletion = api.requests.find(({ method }) => method === "DELETE");
    assert.deepEqual(deletion?.body, { propagationPolicy: "Foreground" });
    assert.ok(lingering < 1);
    await client.delete(CONFIG_MAP, "ns/a", map({}));
  });

  it("reports what prevents a deletion", async () => {
    await client.create(CONFIG_MAP, map({}));
    api.intercept = ({ method, path }) =>
      method === "GET"
        ? {
            status: 200,
            body: { metadata: { name: "a", uid: `uid-${path}`, finalizers: ["x/y"] } },
          }
        : undefined;
    const error: unknown = await client
      .delete(CONFIG_MAP, "ns/a", map({}), 1)
      .catch((thrown: unknown) => thrown);
    assert.match(initFailure(error).reasons.join(), /timed out[^]*finalizers[^]*x\/y/);
  });

  it("keeps an object in the state whose creation the user cancels", async () => {
    api.intercept = async ({ method }) => {
      if (method === "POST") await pause(500);
      return undefined;
    };
    const creating = client.create(DEPLOYMENT, deployment, { timeout: 20 }).then(
      () => assert.fail("it was cancelled"),
      (error: unknown) => initFailure(error),
    );
    while (api.lines("POST").length === 0) await pause(20);
    await client.call<Empty>((done) => client.rpc.cancel(new Empty(), done));
    assert.equal((await creating).id, "ns/web");
    assert.ok(api.objects.has(`${DEPLOYMENTS}/web`));
  });

  it("waits for a Deployment's new pods", async () => {
    api.intercept = ({ method, path }) => {
      const live = api.objects.get(`${DEPLOYMENTS}/web`);
      if (method === "GET" && live !== undefined && path.endsWith("/deployments/web"))
        rollOut(live);
      return undefined;
    };
    const { id, state } = await client.create(DEPLOYMENT, deployment, { timeout: 20 });
    assert.equal(id, "ns/web");
    assert.equal((state.status as JsonObject).observedGeneration, 1);

    function rollOut(live: JsonObject): void {
      const metadata = {
        ...(live.metadata as JsonObject),
        annotations: { "deployment.kubernetes.io/revision": "1" },
      };
      const conditions = [{ type: "Available", status: "True" }];
      const status = { observedGeneration: 1, conditions };
      api.objects.set(`${DEPLOYMENTS}/web`, { ...live, metadata, status });
      const owner = { uid: `uid-${DEPLOYMENTS}/web` };
      api.objects.set("/apis/apps/v1/namespaces/ns/replicasets/web-1", {
        metadata: { ...metadata, name: "web-1", uid: "rs", ownerReferences: [owner] },
        spec: { replicas: 2 },
        status: { readyReplicas: 2 },
      });
    }
  });

  it("fails a rollout with the reasons of its pods, and keeps the state", async () => {
    const revision = { "deployment.kubernetes.io/revision": "1" };
    api.objects.set("/apis/apps/v1/namespaces/ns/replicasets/web-1", {
      metadata: {
        name: "web-1",
        namespace: "ns",
        uid: "rs",
        annotations: revision,
        ownerReferences: [{ uid: `uid-${DEPLOYMENTS}/web` }],
      },
      spec: { replicas: 2 },
    });
    api.objects.set("/api/v1/namespaces/ns/pods/web-1-x", {
      metadata: { name: "web-1-x", namespace: "ns", uid: "pod", ownerReferences: [{ uid: "rs" }] },
      status: {
        conditions: [
          { type: "Ready", status: "False", message: "containers with unready status: [web]" },
        ],
        containerStatuses: [
          {
            name: "web",
            ready: false,
            state: { waiting: { reason: "CrashLoopBackOff", message: "back-off 10s" } },
            lastState: {
              terminated: { reason: "Error", exitCode: 7, finishedAt: "T", message: "no database" },
            },
          },
        ],
      },
    });
    const inputs = {
      ...deployment,
      metadata: { name: "web", namespace: "ns", annotations: revision },
    };
    const error: unknown = await client
      .create(DEPLOYMENT, inputs, { timeout: 1 })
      .catch((thrown: unknown) => thrown);
    const { id, state, reasons } = initFailure(error);
    assert.equal(id, "ns/web");
    assert.deepEqual(state.__inputs, inputs);
    assert.match(reasons.join("\n"), /'web' timed out waiting to be Ready/);
    assert.match(
      reasons.join("\n"),
      /\[Pod ns\/web-1-x\].*\[CrashLoopBackOff\].*exit code 7\) -- no database/,
    );
  });

  it("doesn't wait with the annotation skipAwait", async () => {
    const metadata = {
      name: "web",
      namespace: "ns",
      annotations: { "pulumi.com/skipAwait": "true" },
    };
    const { id } = await client.create(DEPLOYMENT, { ...deployment, metadata });
    assert.equal(id, "ns/web");
    assert.deepEqual(api.lines("GET"), []);
  });
});
