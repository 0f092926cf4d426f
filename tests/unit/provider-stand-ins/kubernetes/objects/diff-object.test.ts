import assert from "node:assert/strict";
import { kubernetesProvider } from "../../../../../provider-stand-ins/kubernetes/kubernetes-provider";
import type { Properties } from "../../../../../provider-stand-ins/protocol/values";
import { Secret, UNKNOWN } from "../../../../../provider-stand-ins/protocol/values";
import { ProviderClient } from "../../../../support/provider-stand-ins/provider-client";

const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
const SECRET = "kubernetes:core/v1:Secret";
const SERVICE = "kubernetes:core/v1:Service";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const STATEFUL_SET = "kubernetes:apps/v1:StatefulSet";
const NAMESPACE = "kubernetes:core/v1:Namespace";
const [ADD, , , DELETE_REPLACE, UPDATE, UPDATE_REPLACE] = [0, 1, 2, 3, 4, 5];

describe("stand-in kubernetes: diff of an object", () => {
  let client: ProviderClient;
  before(async () => {
    client = await ProviderClient.connect(kubernetesProvider());
  });
  after(() => {
    client.close();
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

  it("shows changes by path, and none for equal inputs", async () => {
    const spec = (image: string): Properties => ({
      spec: { template: { spec: { containers: [{ name: "a", image }] } } },
    });
    const changed = await client.diff(DEPLOYMENT, named("a", spec("x:1")), named("a", spec("x:2")));
    assert.deepEqual(changed.detailed, { "spec.template.spec.containers[0].image": UPDATE });
    assert.deepEqual(changed.replaces, []);
    const same = await client.diff(DEPLOYMENT, named("a", spec("x:1")), named("a", spec("x:1")));
    assert.equal(same.changes, 1);
  });

  it("replaces a ConfigMap or Secret whose contents change, and creates the new one first unless the name is fixed", async () => {
    const automatic = await client.diff(
      CONFIG_MAP,
      autonamed({ data: { a: "1" } }),
      autonamed({ data: { a: "2" } }),
    );
    assert.deepEqual(automatic.replaces, ["data.a"]);
    assert.equal(automatic.deleteBeforeReplace, false);
    const fixed = await client.diff(
      SECRET,
      named("a", { data: new Secret({ "k.1": "1" }) }),
      named("a", { data: new Secret({ "k.1": "2" }) }),
    );
    assert.deepEqual(fixed.detailed, { 'data["k.1"]': UPDATE_REPLACE });
    assert.equal(fixed.deleteBeforeReplace, true);
    const labelled = await client.diff(CONFIG_MAP, named("a"), {
      ...named("a"),
      metadata: { name: "a", namespace: "ns", labels: { a: "b" } },
    });
    assert.deepEqual(labelled.detailed, { "metadata.labels": ADD });
  });

  it("changes them in place with the provider's settings, except immutable ones", async () => {
    const mutable = await ProviderClient.connect(kubernetesProvider(), {
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

  it("replaces an object for changes that Kubernetes rejects", async () => {
    const replaces = async (
      type: string,
      before: Properties,
      after: Properties,
    ): Promise<string[]> => (await client.diff(type, before, after)).replaces;
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
    const gone = await client.diff(SERVICE, address({ clusterIP: "None" }), address({}));
    assert.deepEqual(gone.detailed, { "spec.clusterIP": DELETE_REPLACE });
    assert.equal(gone.deleteBeforeReplace, true);
    const moved = { ...named("a"), metadata: { name: "a", namespace: "other" } };
    const away = await client.diff(CONFIG_MAP, named("a"), moved);
    assert.deepEqual(away.replaces, ["metadata.namespace"]);
    assert.equal(away.deleteBeforeReplace, false);
    const port = await client.diff(
      SERVICE,
      address({ ports: [{ nodePort: 1 }] }),
      address({ ports: [{ nodePort: 2 }] }),
    );
    assert.deepEqual(port.replaces, []);
  });

  it("treats an unset namespace as the default one", async () => {
    const before = { metadata: { name: "a" } };
    const after = { metadata: { name: "a", namespace: "default" } };
    assert.equal((await client.diff(CONFIG_MAP, before, after)).changes, 1);
  });

  it("shows unknown values as changes, and leaves out ignored ones", async () => {
    const before = named("a", { spec: { replicas: 1, paused: true } });
    const after = named("a", { spec: { replicas: UNKNOWN, paused: false } });
    const diff = await client.diff(DEPLOYMENT, before, after, before, ["spec.paused"]);
    assert.deepEqual(diff.detailed, { "spec.replicas": UPDATE });
  });
});
