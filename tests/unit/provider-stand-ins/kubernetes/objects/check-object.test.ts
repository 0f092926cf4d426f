import assert from "node:assert/strict";
import { kubernetesProvider } from "../../../../../provider-stand-ins/kubernetes/kubernetes-provider";
import type { Properties } from "../../../../../provider-stand-ins/protocol/values";
import { Secret, UNKNOWN } from "../../../../../provider-stand-ins/protocol/values";
import { ProviderClient } from "../../../../support/provider-stand-ins/provider-client";

const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
const SECRET = "kubernetes:core/v1:Secret";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const NAMESPACE = "kubernetes:core/v1:Namespace";

function metadataOf(inputs: Properties): Properties {
  return inputs.metadata as Properties;
}

describe("stand-in kubernetes: check of an object", () => {
  let client: ProviderClient;
  before(async () => {
    client = await ProviderClient.connect(kubernetesProvider(), { context: "nowhere" });
  });
  after(() => {
    client.close();
  });

  it("generates a name where the program sets none, and marks it", async () => {
    const { inputs } = await client.check(CONFIG_MAP, { data: { a: "1" } });
    const { name, annotations } = metadataOf(inputs);
    assert.match(String(name), /^thing-[0-9a-f]{8}$/);
    assert.deepEqual(annotations, { "pulumi.com/autonamed": "true" });
    assert.equal(inputs.apiVersion, "v1");
    assert.equal(inputs.kind, "ConfigMap");
  });

  it("keeps a generated name, and derives the same one from the same seed", async () => {
    const first = await client.check(CONFIG_MAP, {}, {}, Buffer.from("seed"));
    const again = await client.check(CONFIG_MAP, {}, {}, Buffer.from("seed"));
    assert.deepEqual(again.inputs, first.inputs);
    const kept = await client.check(CONFIG_MAP, { data: { b: "2" } }, first.inputs);
    assert.deepEqual(kept.inputs.metadata, first.inputs.metadata);
  });

  it("keeps the program's name, known or unknown", async () => {
    const given = await client.check(CONFIG_MAP, { metadata: { name: "mine" } });
    assert.deepEqual(given.inputs.metadata, { name: "mine" });
    const later = await client.check(CONFIG_MAP, { metadata: { name: UNKNOWN } });
    assert.deepEqual(later.inputs.metadata, { name: UNKNOWN });
  });

  it("marks a Secret's contents as secret and stores them as the API server does", async () => {
    const { inputs } = await client.check(SECRET, {
      stringData: { "a.b": "x" },
      data: { c: "eQ==" },
    });
    assert.deepEqual(inputs.data, new Secret({ c: "eQ==", "a.b": "eA==" }));
    assert.equal(inputs.stringData, undefined);
    const preview = await client.check(SECRET, { stringData: { a: new Secret(UNKNOWN) } });
    assert.deepEqual(preview.inputs.stringData, new Secret({ a: UNKNOWN }));
  });

  it("keeps secrets in other kinds", async () => {
    const env = [{ name: "A", value: new Secret("x") }];
    const { inputs } = await client.check(DEPLOYMENT, { spec: { template: { env } } });
    const spec = inputs.spec as { template: Properties };
    assert.deepEqual(spec.template.env, new Secret([{ name: "A", value: "x" }]));
  });

  it("uses the provider's namespace for objects that name none", async () => {
    const other = await ProviderClient.connect(kubernetesProvider(), { namespace: "team" });
    const { inputs } = await other.check(CONFIG_MAP, { metadata: { name: "a" } });
    assert.equal(metadataOf(inputs).namespace, "team");
    const cluster = await other.check(NAMESPACE, { metadata: { name: "a" } });
    assert.equal(metadataOf(cluster.inputs).namespace, undefined);
    other.close();
  });

  it("refuses uncovered types, properties and annotations by name", async () => {
    const reason = async (type: string, inputs: Properties): Promise<string> =>
      (await client.check(type, inputs)).failures.map((failure) => failure.reason).join("; ");
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
