import assert from "node:assert/strict";
import type { UserError } from "../../../../lib/errors";
import {
  assertAllowed,
  authorityOf,
  fingerprintOfFile,
  isLocal,
  kubeconfigPaths,
  readContext,
} from "../../../../lib/kubernetes/kubeconfig";
import { Folder } from "../../../support/folder";
import { kubeconfig } from "../../../support/machine";

const remote = { name: "far", server: "https://203.0.113.7:6443", minikube: false };

describe("components: kubeconfig", () => {
  let folder: Folder;
  beforeEach(() => (folder = new Folder()));
  afterEach(() => {
    folder.remove();
  });

  it("is found as kubectl finds it", () => {
    assert.deepEqual(kubeconfigPaths("/set", { KUBECONFIG: "/a" }), ["/set"]);
    assert.deepEqual(kubeconfigPaths("", { KUBECONFIG: "/a::/b" }), ["/a", "/b"]);
    assert.deepEqual(kubeconfigPaths("", { KUBECONFIG: "", HOME: "/me" }), ["/me/.kube/config"]);
    assert.deepEqual(kubeconfigPaths("", { HOME: "/me" }), ["/me/.kube/config"]);
  });

  it("may be several files, one missing or empty; of two entries with one name the first counts", () => {
    const paths = [
      folder.file("missing"),
      folder.write("empty", ""),
      folder.write("a", kubeconfig([{ name: "minikube", server: "https://127.0.0.1:1" }])),
      folder.write("b", kubeconfig([{ name: "minikube" }, { name: "kind-x" }])),
    ];
    assert.equal(readContext("minikube", paths).server, "https://127.0.0.1:1");
    assert.equal(readContext("kind-x", paths).server, "https://127.0.0.1:6443");
  });

  it("knows the certificate authority, in a file next to it or in its own text", () => {
    const certificate = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    const file = folder.write("ca.crt", certificate);
    const config = (name: string, authority: object) =>
      folder.write(
        `${name}-config`,
        JSON.stringify({
          clusters: [{ name, cluster: { server: "https://127.0.0.1:1", ...authority } }],
          contexts: [{ name, context: { cluster: name } }],
        }),
      );
    const paths = [
      config("none", {}),
      config("file", { "certificate-authority": "ca.crt" }),
      config("text", {
        "certificate-authority-data": Buffer.from(certificate).toString("base64"),
      }),
      config("gone", { "certificate-authority": "/gone.crt" }),
    ];
    const expected = fingerprintOfFile(file);
    assert.match(expected ?? "", /^[0-9a-f]{32}$/);
    assert.equal(authorityOf("file", paths), expected);
    assert.equal(authorityOf("text", paths), expected);
    for (const name of ["none", "gone", "unknown"])
      assert.equal(authorityOf(name, paths), undefined);
  });

  it("tells a Minikube by its own mark, not by its name", () => {
    const path = folder.write(
      "config",
      kubeconfig([{ name: "minikube" }, { name: "mine", minikube: true }]),
    );
    assert.equal(readContext("minikube", [path]).minikube, false);
    assert.equal(readContext("mine", [path]).minikube, true);
  });

  it("without the context: says where it looked, what is there, and what to do", () => {
    const path = folder.write("config", kubeconfig([{ name: "kind-x" }, { name: "far" }]));
    assert.throws(
      () => readContext("minikube", [path]),
      ({ message, hint }: UserError) => {
        assert.equal(message, `No context "minikube" in ${path} (found: kind-x, far).`);
        assert.match(hint, /`npm run up` creates a Minikube of that name/);
        assert.match(hint, /`pulumi config set context <name>`/);
        return true;
      },
    );
    assert.throws(() => readContext("minikube", [folder.file("missing")]), /\(found: none\)/);
  });
});

describe("components: contexts that may be deployed to", () => {
  const at = (server: string) => ({ name: "x", server, minikube: false });

  it("are those on this machine", () => {
    for (const host of ["127.0.0.1", "127.8.0.1", "localhost", "[::1]"]) {
      assert.ok(isLocal(at(`https://${host}:6443`)), host);
    }
    assert.ok(isLocal({ ...at("https://192.168.49.2:8443"), minikube: true }));
  });

  it("are none on other machines, whatever the address looks like", () => {
    for (const host of [
      "192.168.49.2",
      "127.0.0.1.example.org",
      "localhost.example.org",
      "[fd00::1]",
      "10.127.0.1",
    ]) {
      assert.ok(!isLocal(at(`https://${host}:6443`)), host);
    }
  });

  it("include those that are allowed by name", () => {
    assertAllowed(remote, ["other", "far"]);
    assert.throws(
      () => {
        assertAllowed(remote, ["other"]);
      },
      ({ message, hint }: UserError) => {
        assert.match(message, /^Context "far" is the cluster at https:\/\/203\.0\.113\.7:6443/);
        assert.match(hint, /`pulumi config set --path 'allowedContexts\[1\]' far`\.$/);
        return true;
      },
    );
  });
});
