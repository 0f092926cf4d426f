import assert from "node:assert/strict";
import { join } from "node:path";
import { minikubeHome, publishedPorts } from "../../../../lib/minikube/profile";

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
