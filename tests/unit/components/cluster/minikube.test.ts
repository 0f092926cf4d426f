import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  nodeDockerEndpoint,
  publishedPorts,
  readProfile,
} from "../../../../components/cluster/minikube";
import { Machine } from "../../../support/machine";

describe("components: Minikube", () => {
  let machine: Machine;
  beforeEach(() => (machine = new Machine()));
  afterEach(() => {
    machine.remove();
  });

  it("is asked for its profile", () => {
    machine.setProfile("mine", { runtime: "containerd", ports: ["127.0.0.1:30080:30080"] });
    assert.deepEqual(readProfile("mine"), {
      name: "mine",
      containerRuntime: "containerd",
      nodeAddress: "192.168.49.2",
      publishedPorts: [30080],
    });
  });

  it("without the profile: says which there are, and what to do", () => {
    assert.throws(
      () => readProfile("mine"),
      /context "mine" is a Minikube's, but there is no such profile \(found: minikube\)\. `npm run up` makes it\.$/,
    );
  });

  it("is asked at each run where its docker daemon listens", () => {
    assert.deepEqual(nodeDockerEndpoint("minikube"), {
      host: "tcp://127.0.0.1:32769",
      certPath: "/home/me/.minikube/certs",
    });
    assert.deepEqual(machine.calls, ["-p minikube docker-env --shell none"]);
  });

  it("that says nothing of a daemon is quoted", () => {
    writeFileSync(join(machine.folder, "bin", "docker-env"), "DOCKER_HOST=\n");
    assert.throws(
      () => nodeDockerEndpoint("minikube"),
      /no DOCKER_HOST and DOCKER_CERT_PATH for profile "minikube", but:\nDOCKER_HOST=/,
    );
  });

  it("that fails is quoted, with what to look at", () => {
    rmSync(join(machine.folder, "bin", "profiles"));
    assert.throws(
      () => readProfile("minikube"),
      /^Error: `minikube profile list --light -o json` failed: .*profiles[^]*`npm run up` starts it/,
    );
  });

  it("that isn't on PATH is missed by name", () => {
    process.env.PATH = join(machine.folder, "nothing");
    assert.throws(
      () => readProfile("minikube"),
      /`minikube` isn't on PATH\. `npm run up` brings it/,
    );
  });
});

describe("components: published ports", () => {
  const cases: [string, number[]][] = [
    ["30080:30080", [30080]],
    ["127.0.0.1:30080:30080", [30080]],
    ["0.0.0.0:30080:30080/tcp", [30080]],
    ["30080-30082:30080-30082", [30080, 30081, 30082]],
    // Under another number, at an address elsewhere, or by another protocol: no use for a URL.
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
