import assert from "node:assert/strict";
import { type Change, compare } from "../../../../cli/preview/compare";
import type { PlannedResource } from "../../../../cli/preview/planned-resource";
import { plan, resource } from "../../../support/plans";

const NAMESPACE = "kubernetes:core/v1:Namespace";

/** Returns the change of one resource. */
function change(type: string, before: object | undefined, after: object | undefined): Change {
  const of = (inputs: object | undefined) =>
    plan(inputs === undefined ? [] : [resource(type, "a", inputs as Record<string, unknown>)]);
  const [only, ...rest] = compare(of(before), of(after));
  assert.ok(only !== undefined && rest.length === 0);
  return only;
}

describe("preview:ci: what changes", () => {
  it("is created, changed, replaced or deleted, each with its fields", () => {
    const set = (replicas: number) => ({ spec: { replicas, paused: true } });
    const type = "kubernetes:apps/v1:Deployment";
    assert.equal(change(type, undefined, set(1)).kind, "created");
    assert.equal(change(type, set(1), undefined).kind, "deleted");
    const changed = change(type, set(1), set(2));
    assert.equal(changed.kind, "changed");
    assert.deepEqual(changed.fields, [{ path: "spec.replicas", before: 1, after: 2 }]);
    const selector = (app: string) => ({ spec: { selector: { matchLabels: { app } } } });
    const replaced = change(type, selector("a"), selector("b"));
    assert.equal(replaced.kind, "replaced");
    assert.deepEqual(replaced.reasons, ["Kubernetes can't change a selector"]);
    assert.deepEqual(
      compare(plan([resource(type, "a", set(1))]), plan([resource(type, "a", set(1))])),
      [],
    );
  });

  it("of a ConfigMap is a new one only where it is immutable", () => {
    const type = "kubernetes:core/v1:ConfigMap";
    const of = (value: string, immutable: boolean) => ({ data: { A: value }, immutable });
    assert.equal(change(type, of("1", true), of("2", true)).kind, "replaced");
    assert.equal(change(type, of("1", false), of("2", false)).kind, "changed");
  });

  it("warns of what is lost for good, and of nothing else", () => {
    const claims = (storage: string, whenDeleted: string) => ({
      spec: {
        volumeClaimTemplates: [{ storage }],
        persistentVolumeClaimRetentionPolicy: { whenDeleted },
      },
    });
    const type = "kubernetes:apps/v1:StatefulSet";
    const along = change(type, claims("1Gi", "Delete"), claims("2Gi", "Delete"));
    assert.match(along.loses.join(), /its volumes/);
    assert.deepEqual(change(type, claims("1Gi", "Retain"), claims("2Gi", "Retain")).loses, []);
    assert.match(change(NAMESPACE, {}, undefined).loses.join(), /volumes included/);
    const password = "random:index/randomPassword:RandomPassword";
    assert.match(change(password, { length: 1 }, { length: 2 }).loses.join(), /its value/);
    assert.deepEqual(change(type, { spec: { replicas: 1 } }, { spec: { replicas: 2 } }).loses, []);
    assert.deepEqual(change("kubernetes:apps/v1:Deployment", {}, undefined).loses, []);
    const named = (name: string) => ({ metadata: { name } });
    assert.match(
      change(type, named("a"), named("b")).loses.join(),
      /the new one begins with empty/,
    );
  });

  it("leaves out what a resource ignores", () => {
    const of = (length: number): PlannedResource => ({
      ...resource("random:index/randomPassword:RandomPassword", "a", { length, special: false }),
      ignoreChanges: ["length"],
    });
    assert.deepEqual(compare(plan([of(32)]), plan([of(48)])), []);
  });

  it("is everything of a provider that is replaced, and nothing of others", () => {
    const context = (name: string) =>
      resource("pulumi:providers:kubernetes", "cluster", { context: name });
    const { urn: provider } = context("a");
    const mine = { ...resource(NAMESPACE, "app", {}), provider };
    const password = resource("random:index/randomPassword:RandomPassword", "a", {});
    const changes = compare(
      plan([context("a"), mine, password]),
      plan([context("b"), mine, password]),
    );
    assert.deepEqual(
      changes.map(({ kind, resource: { name } }) => `${kind} ${name}`),
      ["replaced cluster", "replaced app"],
    );
  });
});
