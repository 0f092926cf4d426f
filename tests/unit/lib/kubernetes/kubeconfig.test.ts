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
    assert.deepEqual(kubeconfigPaths("~/my/config", { HOME: "/me" }), ["/me/my/config"]);
    assert.deepEqual(kubeconfigPaths("~", { HOME: "/me" }), ["/me"]);
    assert.deepEqual(kubeconfigPaths("~you/config", { HOME: "/me" }), ["~you/config"]);
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

  it("may name a server without a scheme: https where TLS is set up, as for kubectl", () => {
    const server = (cluster: object, user: object = {}) => {
      const config = {
        contexts: [{ name: "x", context: { cluster: "c", user: "u" } }],
        clusters: [{ name: "c", cluster }],
        users: [{ name: "u", user }],
      };
      return readContext("x", [folder.write("config", JSON.stringify(config))]).server;
    };
    assert.equal(server({ server: "localhost:8080" }), "http://localhost:8080");
    assert.equal(server({ server: "[fd00::2]:6443" }), "http://[fd00::2]:6443");
    for (const tls of [
      { "certificate-authority": "/ca.crt" },
      { "certificate-authority-data": "Cg==" },
      { "insecure-skip-tls-verify": true },
    ]) {
      assert.equal(server({ server: "127.0.0.1:6443", ...tls }), "https://127.0.0.1:6443");
    }
    const certificate = { "client-certificate-data": "Cg==" };
    assert.equal(server({ server: "10.0.0.1" }, certificate), "https://10.0.0.1");
    assert.throws(
      () => server({ server: "https://" }),
      /Context "x" has the server "https:\/\/"; expected a URL such as https:\/\/127\.0\.0\.1:6443/,
    );
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
    for (const host of [
      ...["127.0.0.1", "127.8.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]"],
      ...["0.0.0.0", "[::]", "kubernetes.docker.internal", "host.docker.internal"],
    ]) {
      assert.ok(isLocal(at(`https://${host}:6443`)), host);
    }
    assert.ok(isLocal({ ...at("https://192.168.49.2:8443"), minikube: true }));
  });

  it("are none on other machines, whatever the address looks like", () => {
    for (const host of [
      "192.168.49.2",
      "127.0.0.1.example.org",
      "localhost.example.org",
      "kubernetes.docker.internal.example.org",
      "0.0.0.1",
      "[::ffff:10.0.0.1]",
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
