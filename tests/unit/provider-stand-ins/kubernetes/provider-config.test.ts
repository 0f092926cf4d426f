import assert from "node:assert/strict";
import { checkConfig, diffConfig } from "../../../../provider-stand-ins/kubernetes/provider-config";
import { UNKNOWN } from "../../../../provider-stand-ins/protocol/values";

const KUBECONFIG = (server: string): string => `
current-context: one
contexts: [{name: one, context: {cluster: c1}}, {name: two, context: {cluster: c2}}, {name: too, context: {cluster: c2}}]
clusters: [{name: c1, cluster: {server: "${server}"}}, {name: c2, cluster: {server: "https://b"}}]
`;

describe("stand-in kubernetes: the provider's configuration", () => {
  const plugin = { name: "kubernetes", version: "1.0.0" };

  it("refuses uncovered settings", () => {
    assert.deepEqual(checkConfig(plugin, { context: "a", namespace: "", version: "1" }), []);
    const [failure] = checkConfig(plugin, { renderYamlToDirectory: "out" });
    assert.match(failure?.reason ?? "", /property renderYamlToDirectory of the provider/);
  });

  it("compares the cluster identifiers alone where both have one", () => {
    const replaces = (before: object, after: object): string[] =>
      diffConfig({ ...before }, { ...after }).replaces;
    const id = (clusterIdentifier: string, context = "a"): object => ({
      clusterIdentifier,
      context,
    });
    assert.deepEqual(replaces(id("x"), id("y")), ["clusterIdentifier"]);
    assert.deepEqual(replaces(id("x"), id("x", "b")), []);
    assert.deepEqual(replaces({ context: "a" }, id("x")), []);
    assert.deepEqual(replaces(id("x"), { context: "a" }), []);
  });

  it("compares the active clusters of the kubeconfigs otherwise", () => {
    const settings = (
      server: string,
      context: string,
    ): { kubeconfig: string; context: string } => ({
      kubeconfig: KUBECONFIG(server),
      context,
    });
    const moved = diffConfig(settings("https://a", "one"), settings("https://a", "two"));
    assert.deepEqual(moved.replaces, ["context"]);
    const renamed = diffConfig(settings("https://a", "two"), settings("https://a", "too"));
    assert.deepEqual(renamed, { diffs: ["context"], replaces: [] });
    const other = diffConfig(settings("https://a", "one"), settings("https://z", "one"));
    assert.deepEqual(other.replaces, ["kubeconfig"]);
    const unknown = diffConfig({ context: "one" }, { context: UNKNOWN });
    assert.deepEqual(unknown.replaces, ["context"]);
    assert.deepEqual(diffConfig({ context: "a" }, { context: "b" }), {
      diffs: ["context"],
      replaces: [],
    });
  });
});
