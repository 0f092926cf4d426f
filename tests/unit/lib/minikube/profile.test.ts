import assert from "node:assert/strict";
import { join } from "node:path";
import {
  minikubeHome,
  publishedPorts,
  readMinikubeProfile,
} from "../../../../lib/minikube/profile";
import { Folder } from "../../../support/folder";

describe("Minikube's folder", () => {
  it("is named by a variable with two forms", () => {
    assert.equal(minikubeHome({}, "/h"), join("/h", ".minikube"));
    assert.equal(minikubeHome({ MINIKUBE_HOME: "/m" }, "/h"), join("/m", ".minikube"));
    assert.equal(minikubeHome({ MINIKUBE_HOME: "/m/.minikube" }, "/h"), "/m/.minikube");
    assert.equal(minikubeHome({ MINIKUBE_HOME: "/m/.minikube/" }, "/h"), "/m/.minikube/");
    const other = join("/m/x.minikube", ".minikube");
    assert.equal(minikubeHome({ MINIKUBE_HOME: "/m/x.minikube" }, "/h"), other);
  });
});

describe("the hosts of a profile's API server", () => {
  const folder = new Folder();
  after(() => {
    folder.remove();
  });
  const hosts = (config: object) => {
    folder.write("profiles/ha/config.json", JSON.stringify(config));
    return readMinikubeProfile("ha", folder.path)?.apiServerHosts;
  };

  it("are its control planes, the address that they share, its name, and the address that it listens on", () => {
    const Nodes = [
      { IP: "192.168.49.2", ControlPlane: true },
      { IP: "192.168.49.3", ControlPlane: true },
      { IP: "192.168.49.4" },
    ];
    const KubernetesConfig = { APIServerHAVIP: "192.168.49.254", APIServerName: "k8s.example" };
    assert.deepEqual(hosts({ Nodes, KubernetesConfig, ListenAddress: "10.0.0.1" }), [
      ...["192.168.49.2", "192.168.49.3", "192.168.49.254", "k8s.example", "10.0.0.1"],
    ]);
  });
  it("are those of its node alone by default", () => {
    const Nodes = [{ IP: "192.168.49.2", ControlPlane: true }];
    const KubernetesConfig = { APIServerHAVIP: "", APIServerName: "minikubeCA" };
    assert.deepEqual(hosts({ Nodes, KubernetesConfig, ListenAddress: "" }), ["192.168.49.2"]);
    assert.deepEqual(hosts({ Nodes: null }), []);
  });
});

describe("lib: published ports", () => {
  const cases: [string, number[]][] = [
    ["30080:30080", [30080]],
    ["127.0.0.1:30080:30080", [30080]],
    ["0.0.0.0:30080:30080/tcp", [30080]],
    ["30080-30082:30080-30082", [30080, 30081, 30082]],
    // Under another number, at another address, or by another protocol: no use for a URL.
    ["8080:30080", []],
    ["192.0.2.1:30080:30080", []],
    ["[::1]:30080:30080", []],
    ["30080:30080/udp", []],
    ["30080", []],
    ["127.0.0.1::30080", []],
    ["", []],
  ];
  for (const [entry, expected] of cases) {
    it(`of "${entry}": ${expected.join(", ") || "none"}`, () => {
      assert.deepEqual(publishedPorts([entry]), expected);
    });
  }

  it("of several entries: of each", () => {
    assert.deepEqual(publishedPorts(["30080:30080", "1:2", "30090:30090"]), [30080, 30090]);
  });
});
