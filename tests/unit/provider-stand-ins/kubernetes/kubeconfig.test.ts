import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { locateKubeconfig } from "../../../../provider-stand-ins/kubernetes/kubeconfig";

const KUBECONFIG = (server: string): string => `
current-context: one
contexts: [{name: one, context: {cluster: c1}}, {name: two, context: {cluster: c2}}, {name: too, context: {cluster: c2}}]
clusters: [{name: c1, cluster: {server: "${server}"}}, {name: c2, cluster: {server: "https://b"}}]
`;

describe("stand-in kubernetes: kubeconfig", () => {
  it("accepts a kubeconfig as a path, as several paths, or as its contents", () => {
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
