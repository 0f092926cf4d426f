import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  checkConfig,
  diffConfig,
  locateKubeconfig,
} from "../../../provider-stand-ins/kubernetes/config";
import { UNKNOWN } from "../../../provider-stand-ins/protocol/values";

const KUBECONFIG = (server: string): string => `
current-context: one
contexts: [{name: one, context: {cluster: c1}}, {name: two, context: {cluster: c2}}, {name: too, context: {cluster: c2}}]
clusters: [{name: c1, cluster: {server: "${server}"}}, {name: c2, cluster: {server: "https://b"}}]
`;

describe("kubernetes plugin: the provider's configuration", () => {
  const plugin = { name: "kubernetes", version: "1.0.0" };

  it("refuses settings that it doesn't follow", () => {
    assert.deepEqual(checkConfig(plugin, { context: "a", namespace: "", version: "1" }), []);
    const [failure] = checkConfig(plugin, { renderYamlToDirectory: "out" });
    assert.match(failure?.reason ?? "", /property renderYamlToDirectory of the provider/);
  });

  it("replaces for another cluster identifier alone, where both have one", async () => {
    const replaces = async (before: object, after: object): Promise<string[]> =>
      (await diffConfig({ ...before }, { ...after })).replaces;
    const id = (clusterIdentifier: string, context = "a"): object => ({
      clusterIdentifier,
      context,
    });
    assert.deepEqual(await replaces(id("x"), id("y")), ["clusterIdentifier"]);
    assert.deepEqual(await replaces(id("x"), id("x", "b")), []);
    assert.deepEqual(await replaces({ context: "a" }, id("x")), []);
    assert.deepEqual(await replaces(id("x"), { context: "a" }), []);
  });

  it("replaces for another active cluster otherwise", async () => {
    const settings = (
      server: string,
      context: string,
    ): { kubeconfig: string; context: string } => ({
      kubeconfig: KUBECONFIG(server),
      context,
    });
    const moved = await diffConfig(settings("https://a", "one"), settings("https://a", "two"));
    assert.deepEqual(moved.replaces, ["context"]);
    const renamed = await diffConfig(settings("https://a", "two"), settings("https://a", "too"));
    assert.deepEqual(renamed, { diffs: ["context"], replaces: [] });
    const elsewhere = await diffConfig(settings("https://a", "one"), settings("https://z", "one"));
    assert.deepEqual(elsewhere.replaces, ["kubeconfig"]);
    const unknown = await diffConfig({ context: "one" }, { context: UNKNOWN });
    assert.deepEqual(unknown.replaces, ["context"]);
    assert.deepEqual(await diffConfig({ context: "a" }, { context: "b" }), {
      diffs: ["context"],
      replaces: [],
    });
  });

  it("takes a kubeconfig as a path, as several, or as its contents", () => {
    const folder = mkdtempSync(join(tmpdir(), "kubeconfig-"));
    const file = join(folder, "config");
    writeFileSync(file, KUBECONFIG("https://a"));
    assert.equal(locateKubeconfig(file).path, file);
    assert.equal(locateKubeconfig(`${file}:${file}2`).path, `${file}:${file}2`);
    assert.equal(locateKubeconfig("").path, undefined);
    assert.throws(() => locateKubeconfig(join(folder, "none")), /neither a file that exists nor/);
    const { path = "", discard } = locateKubeconfig(KUBECONFIG("https://q"));
    assert.match(readFileSync(path, "utf8"), /https:\/\/q/);
    assert.equal(statSync(path).mode & 0o777, 0o600);
    discard();
    assert.ok(!existsSync(path));
    rmSync(folder, { recursive: true });
  });
});
