import assert from "node:assert/strict";
import { type ClusterObject, foreignFields } from "../../../../cli/drift/foreign-fields";

type Fields = NonNullable<ClusterObject["metadata"]["managedFields"]>[number];

const TIME = "2026-01-02T03:04:05Z";
const container = { name: "backend", image: "todo-backend:1", env: [{ name: "A", value: "1" }] };
const deployment = (containers: readonly unknown[], metadata: object = {}) => ({
  kind: "Deployment",
  metadata: { name: "todo-backend", ...metadata },
  spec: { replicas: 2, template: { spec: { containers } } },
});
const live = (object: ClusterObject, ...managedFields: readonly Fields[]): ClusterObject => ({
  ...object,
  metadata: { ...object.metadata, managedFields },
});
const setBy = (manager: string, fields: object, subresource?: string) =>
  ({ manager, time: TIME, subresource, fieldsV1: fields }) as unknown as Fields;
const inContainer = (fields: object) => ({
  "f:spec": { "f:template": { "f:spec": { "f:containers": { 'k:{"name":"backend"}': fields } } } },
});
const HACK = { name: "HACK", value: "1" };
const hacked = deployment([{ ...container, env: [...container.env, HACK] }]);
const hackFields = inContainer({
  "f:env": { 'k:{"name":"HACK"}': { ".": {}, "f:name": {}, "f:value": {} } },
});

describe("drift: foreign fields", () => {
  it("include an item of a list that a user has added, as a whole", () => {
    const found = foreignFields(
      live(hacked, setBy("kubectl-set", hackFields)),
      deployment([container]),
    );
    assert.deepEqual(found, [
      {
        path: "spec.template.spec.containers[name=backend].env[name=HACK]",
        value: '{"name":"HACK","value":"1"}',
        manager: "kubectl-set",
        time: TIME,
      },
    ]);
  });

  it("include labels and annotations, each by its own name", () => {
    const changed = deployment([container], {
      labels: { "example.org/a.b": "yes" },
      annotations: { mine: "1", "theirs/it": "2" },
    });
    const fields = {
      "f:metadata": {
        "f:labels": { "f:example.org/a.b": {} },
        "f:annotations": { ".": {}, "f:mine": {} },
      },
    };
    const found = foreignFields(
      live(changed, setBy("kubectl-label", fields)),
      deployment([container]),
    );
    assert.deepEqual(
      found.map(({ path, value }) => `${path} ${value}`),
      ['metadata.labels["example.org/a.b"] "yes"', 'metadata.annotations.mine "1"'],
    );
  });

  it("include everything of an object that is stated nowhere", () => {
    const fields = setBy("kubectl-edit", { "f:spec": { "f:replicas": {} } });
    const [found] = foreignFields(live(deployment([container]), fields), undefined);
    assert.equal(found?.path, "spec.replicas");
  });

  for (const manager of [
    ...["pulumi-kubernetes", "pulumi-kubernetes-1a2b", "pulumi-resource-kubernetes"],
    ...["helm", "Helm", "kube-controller-manager", "before-first-apply"],
  ]) {
    it(`don't include what ${manager} has set`, () => {
      const object = live(hacked, setBy(manager, hackFields));
      assert.deepEqual(foreignFields(object, deployment([container])), []);
    });
  }

  it("don't include stated values: Pulumi and kubectl compare those", () => {
    const object = live(
      deployment([container]),
      setBy("kubectl-scale", { "f:spec": { "f:replicas": {} } }),
      setBy("kubectl-set", inContainer({ "f:image": {} })),
    );
    assert.deepEqual(foreignFields(object, deployment([container])), []);
  });

  it("don't include a status, a field that is gone, or the mark of a restart", () => {
    const restarted = {
      ...deployment([container]),
      spec: {
        template: { metadata: { annotations: { "kubectl.kubernetes.io/restartedAt": TIME } } },
      },
    };
    const mark = { "f:annotations": { "f:kubectl.kubernetes.io/restartedAt": {} } };
    const object = live(
      restarted,
      setBy("a-controller", { "f:status": { "f:replicas": {} } }, "status"),
      setBy("kubectl-set", hackFields),
      setBy("kubectl-rollout", { "f:spec": { "f:template": { "f:metadata": mark } } }),
    );
    assert.deepEqual(foreignFields(object, deployment([container])), []);
  });

  it("are found in the item of a list by what it states of its key", () => {
    const ports = (protocol?: object) => ({
      kind: "Service",
      metadata: { name: "s" },
      spec: { ports: [{ port: 80, targetPort: 3000, ...protocol }] },
    });
    const fields = (port: number) => ({
      "f:spec": {
        "f:ports": { [`k:{"port":${port},"protocol":"TCP"}`]: { ".": {}, "f:port": {} } },
      },
    });
    const known = live(ports({ protocol: "TCP" }), setBy("kubectl-edit", fields(80)));
    assert.deepEqual(foreignFields(known, ports()), []);
    const other = { ...ports(), spec: { ports: [{ port: 81, protocol: "TCP" }] } };
    const [found] = foreignFields(live(other, setBy("kubectl-edit", fields(81))), ports());
    assert.equal(found?.path, "spec.ports[port=81,protocol=TCP]");
  });

  it("aren't shown for a Secret, and not looked for in what the state has encrypted", () => {
    const secret = { kind: "Secret", metadata: { name: "s" }, data: { A: "Z2VoZWlt" } };
    const object = live(secret, setBy("kubectl-patch", { "f:data": { "f:A": {} } }));
    const [found] = foreignFields(object, { ...secret, data: {} });
    assert.deepEqual([found?.path, found?.value], ["data.A", "(not shown)"]);
    const encrypted = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
    assert.deepEqual(foreignFields(object, { ...secret, data: encrypted }), []);
  });
});
