import assert from "node:assert/strict";
import { kubernetesProvider } from "../../../provider-stand-ins/kubernetes/provider";
import { sameQuantity } from "../../../provider-stand-ins/kubernetes/quantity";
import { liveInputs } from "../../../provider-stand-ins/kubernetes/state";
import { Secret, UNKNOWN } from "../../../provider-stand-ins/protocol/values";
import type { Properties } from "../../../provider-stand-ins/protocol/values";
import { Connection } from "./support/rpc";

const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
const SECRET = "kubernetes:core/v1:Secret";
const SERVICE = "kubernetes:core/v1:Service";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const STATEFUL_SET = "kubernetes:apps/v1:StatefulSet";
const NAMESPACE = "kubernetes:core/v1:Namespace";
const [ADD, , , DELETE_REPLACE, UPDATE, UPDATE_REPLACE] = [0, 1, 2, 3, 4, 5];

function metadataOf(inputs: Properties): Properties {
  return inputs.metadata as Properties;
}

describe("kubernetes plugin: check", () => {
  let connection: Connection;
  before(async () => {
    connection = await Connection.to(kubernetesProvider(), { context: "nowhere" });
  });
  after(() => {
    connection.close();
  });

  it("names what has no name, and marks it", async () => {
    const { inputs } = await connection.check(CONFIG_MAP, { data: { a: "1" } });
    const { name, annotations } = metadataOf(inputs);
    assert.match(String(name), /^thing-[0-9a-f]{8}$/);
    assert.deepEqual(annotations, { "pulumi.com/autonamed": "true" });
    assert.equal(inputs.apiVersion, "v1");
    assert.equal(inputs.kind, "ConfigMap");
  });

  it("keeps an automatic name, and takes the same one from the same seed", async () => {
    const first = await connection.check(CONFIG_MAP, {}, {}, Buffer.from("seed"));
    const again = await connection.check(CONFIG_MAP, {}, {}, Buffer.from("seed"));
    assert.deepEqual(again.inputs, first.inputs);
    const kept = await connection.check(CONFIG_MAP, { data: { b: "2" } }, first.inputs);
    assert.deepEqual(kept.inputs.metadata, first.inputs.metadata);
  });

  it("leaves a given name alone, known or not", async () => {
    const given = await connection.check(CONFIG_MAP, { metadata: { name: "mine" } });
    assert.deepEqual(given.inputs.metadata, { name: "mine" });
    const later = await connection.check(CONFIG_MAP, { metadata: { name: UNKNOWN } });
    assert.deepEqual(later.inputs.metadata, { name: UNKNOWN });
  });

  it("hides a Secret's contents and stores them as the API server does", async () => {
    const { inputs } = await connection.check(SECRET, {
      stringData: { "a.b": "x" },
      data: { c: "eQ==" },
    });
    assert.deepEqual(inputs.data, new Secret({ c: "eQ==", "a.b": "eA==" }));
    assert.equal(inputs.stringData, undefined);
    const preview = await connection.check(SECRET, { stringData: { a: new Secret(UNKNOWN) } });
    assert.deepEqual(preview.inputs.stringData, new Secret({ a: UNKNOWN }));
  });

  it("keeps secrets secret in other kinds", async () => {
    const env = [{ name: "A", value: new Secret("x") }];
    const { inputs } = await connection.check(DEPLOYMENT, { spec: { template: { env } } });
    const spec = inputs.spec as { template: Properties };
    assert.deepEqual(spec.template.env, new Secret([{ name: "A", value: "x" }]));
  });

  it("puts unnamed namespaces' objects where the provider says", async () => {
    const other = await Connection.to(kubernetesProvider(), { namespace: "team" });
    const { inputs } = await other.check(CONFIG_MAP, { metadata: { name: "a" } });
    assert.equal(metadataOf(inputs).namespace, "team");
    const cluster = await other.check(NAMESPACE, { metadata: { name: "a" } });
    assert.equal(metadataOf(cluster.inputs).namespace, undefined);
    other.close();
  });

  it("refuses other types, properties and annotations by name", async () => {
    const reason = async (type: string, inputs: Properties): Promise<string> =>
      (await connection.check(type, inputs)).failures.map((failure) => failure.reason).join("; ");
    assert.match(
      await reason("kubernetes:batch/v1:Job", {}),
      /found type kubernetes:batch\/v1:Job/,
    );
    assert.match(
      await reason("kubernetes:batch/v1:Job", {}),
      /plugin install resource kubernetes v\d/,
    );
    assert.match(await reason(CONFIG_MAP, { spec: {} }), /found property spec of ConfigMap/);
    const annotated = { metadata: { annotations: { "pulumi.com/waitFor": "x" } } };
    assert.match(await reason(CONFIG_MAP, annotated), /found annotation pulumi.com\/waitFor/);
    const generated = { metadata: { generateName: "x-" } };
    assert.match(await reason(CONFIG_MAP, generated), /generateName can't be used/);
  });
});

describe("kubernetes plugin: diff", () => {
  let connection: Connection;
  before(async () => {
    connection = await Connection.to(kubernetesProvider());
  });
  after(() => {
    connection.close();
  });

  const named = (name: string, more: Properties = {}): Properties => ({
    apiVersion: "v1",
    metadata: { name, namespace: "ns" },
    ...more,
  });
  const autonamed = (more: Properties): Properties => ({
    metadata: { name: "x-12345678", annotations: { "pulumi.com/autonamed": "true" } },
    ...more,
  });

  it("shows changes by path, and nothing where nothing changes", async () => {
    const spec = (image: string): Properties => ({
      spec: { template: { spec: { containers: [{ name: "a", image }] } } },
    });
    const changed = await connection.diff(
      DEPLOYMENT,
      named("a", spec("x:1")),
      named("a", spec("x:2")),
    );
    assert.deepEqual(changed.detailed, { "spec.template.spec.containers[0].image": UPDATE });
    assert.deepEqual(changed.replaces, []);
    const same = await connection.diff(
      DEPLOYMENT,
      named("a", spec("x:1")),
      named("a", spec("x:1")),
    );
    assert.equal(same.changes, 1);
  });

  it("replaces a ConfigMap or Secret whose contents change: a new one first, unless the name is fixed", async () => {
    const automatic = await connection.diff(
      CONFIG_MAP,
      autonamed({ data: { a: "1" } }),
      autonamed({ data: { a: "2" } }),
    );
    assert.deepEqual(automatic.replaces, ["data.a"]);
    assert.equal(automatic.deleteBeforeReplace, false);
    const fixed = await connection.diff(
      SECRET,
      named("a", { data: new Secret({ "k.1": "1" }) }),
      named("a", { data: new Secret({ "k.1": "2" }) }),
    );
    assert.deepEqual(fixed.detailed, { 'data["k.1"]': UPDATE_REPLACE });
    assert.equal(fixed.deleteBeforeReplace, true);
    const labelled = await connection.diff(CONFIG_MAP, named("a"), {
      ...named("a"),
      metadata: { name: "a", namespace: "ns", labels: { a: "b" } },
    });
    assert.deepEqual(labelled.detailed, { "metadata.labels": ADD });
  });

  it("changes them in place where the provider is set so, but for immutable ones", async () => {
    const mutable = await Connection.to(kubernetesProvider(), {
      enableConfigMapMutable: "true",
      enableSecretMutable: "true",
    });
    const content = (value: string, immutable: boolean): Properties =>
      named("a", { data: { k: value }, immutable });
    for (const type of [CONFIG_MAP, SECRET]) {
      const fixed = await mutable.diff(type, content("1", false), content("2", false));
      assert.deepEqual(fixed.detailed, { "data.k": UPDATE });
      const frozen = await mutable.diff(type, content("1", true), content("2", true));
      assert.deepEqual(frozen.detailed, { "data.k": UPDATE_REPLACE });
    }
    mutable.close();
  });

  it("replaces on what Kubernetes can't change", async () => {
    const replaces = async (
      type: string,
      before: Properties,
      after: Properties,
    ): Promise<string[]> => (await connection.diff(type, before, after)).replaces;
    assert.deepEqual(await replaces(NAMESPACE, named("a"), named("b")), ["metadata.name"]);
    const selector = (app: string): Properties =>
      named("a", { spec: { selector: { matchLabels: { app } } } });
    const path = "spec.selector.matchLabels.app";
    assert.deepEqual(await replaces(DEPLOYMENT, selector("a"), selector("b")), [path]);
    assert.deepEqual(await replaces(STATEFUL_SET, selector("a"), selector("b")), [path]);
    const claims = (storage: string): Properties =>
      named("a", { spec: { volumeClaimTemplates: [{ storage }] } });
    assert.equal((await replaces(STATEFUL_SET, claims("1Gi"), claims("2Gi"))).length, 1);
    const address = (spec: Properties): Properties => named("a", { spec });
    const gone = await connection.diff(SERVICE, address({ clusterIP: "None" }), address({}));
    assert.deepEqual(gone.detailed, { "spec.clusterIP": DELETE_REPLACE });
    assert.equal(gone.deleteBeforeReplace, true);
    const moved = { ...named("a"), metadata: { name: "a", namespace: "other" } };
    const away = await connection.diff(CONFIG_MAP, named("a"), moved);
    assert.deepEqual(away.replaces, ["metadata.namespace"]);
    assert.equal(away.deleteBeforeReplace, false);
    const port = await connection.diff(
      SERVICE,
      address({ ports: [{ nodePort: 1 }] }),
      address({ ports: [{ nodePort: 2 }] }),
    );
    assert.deepEqual(port.replaces, []);
  });

  it("takes an unset namespace for the default one", async () => {
    const before = { metadata: { name: "a" } };
    const after = { metadata: { name: "a", namespace: "default" } };
    assert.equal((await connection.diff(CONFIG_MAP, before, after)).changes, 1);
  });

  it("sees unknown values as changes, and leaves ignored ones out", async () => {
    const before = named("a", { spec: { replicas: 1, paused: true } });
    const after = named("a", { spec: { replicas: UNKNOWN, paused: false } });
    const diff = await connection.diff(DEPLOYMENT, before, after, before, ["spec.paused"]);
    assert.deepEqual(diff.detailed, { "spec.replicas": UPDATE });
  });

  it("knows equal quantities", () => {
    assert.ok(sameQuantity(["limits", "cpu"], "1000m", "1"));
    assert.ok(sameQuantity(["requests", "memory"], "1Gi", "1024Mi"));
    assert.ok(sameQuantity(["requests", "cpu"], "0.05", "50m"));
    assert.ok(!sameQuantity(["limits", "cpu"], "1", "1500m"));
    assert.ok(!sameQuantity(["labels", "version"], "1", "1000m"));
  });

  it("reads back what the program set, and only that", () => {
    const inputs: Properties = {
      kind: "Secret",
      metadata: { name: "a", labels: { mine: "1" } },
      data: new Secret({ k: "djE=" }),
      spec: { env: [{ name: "E", value: "" }], limits: { cpu: "1000m" }, replicas: 2 },
    };
    const live = {
      kind: "Secret",
      metadata: { name: "a", labels: { mine: "2", other: "3" }, uid: "u" },
      data: { k: "djI=", extra: "eA==" },
      spec: { env: [{ name: "E" }], limits: { cpu: "1" }, replicas: 3, paused: false },
      status: {},
    };
    assert.deepEqual(liveInputs(live, inputs), {
      kind: "Secret",
      metadata: { name: "a", labels: { mine: "2" } },
      data: new Secret({ k: "djI=" }),
      spec: { env: [{ name: "E", value: "" }], limits: { cpu: "1000m" }, replicas: 3 },
    });
  });
});
