import assert from "node:assert/strict";
import type { ClusterFacts } from "../../../../components/cluster";
import { builderPlatform, linuxMachine } from "../../../../components/cluster/builder-platform";
import { containerdMinikube, dockerMinikube } from "../../../support/fixtures";
import { Machine } from "../../../support/machine";

const HERE = "linux/arm64";
const far = { host: "tcp://10.0.0.1:2376", certPath: "/certs" };
const remote = { DOCKER_HOST: "tcp://10.0.0.2:2375" };

describe("components: the platform of the engine that builds", () => {
  let machine: Machine;
  beforeEach(() => (machine = new Machine()));
  afterEach(() => {
    machine.remove();
  });

  const find = (facts: ClusterFacts, env: NodeJS.ProcessEnv, here: string | undefined = HERE) =>
    builderPlatform(facts, { PATH: process.env.PATH, ...env }, { here });
  const withDriver = (facts: ClusterFacts, driver: string): ClusterFacts => ({
    ...facts,
    ...(facts.profile && { profile: { ...facts.profile, driver } }),
  });
  const { context } = dockerMinikube;

  const known: readonly [string, ClusterFacts, NodeJS.ProcessEnv][] = [
    ["in the node of a Minikube on this machine", dockerMinikube, {}],
    [
      "at the node's own address",
      { ...dockerMinikube, builder: { host: "tcp://192.168.49.2:2376" } },
      {},
    ],
    [
      "in a virtual machine, whatever engine docker commands use",
      withDriver({ ...dockerMinikube, builder: { host: "tcp://192.168.39.5:2376" } }, "kvm2"),
      remote,
    ],
    ["of this machine, which images are loaded from", containerdMinikube, {}],
    [
      "of another machine, for the node in a virtual machine of this one",
      withDriver({ ...containerdMinikube, builder: far }, "qemu2"),
      remote,
    ],
    [
      "of this machine, at a socket",
      { context, delivery: "registry" },
      { DOCKER_HOST: "unix:///s" },
    ],
  ];
  for (const [what, facts, env] of known) {
    it(`is known without a question: one ${what}`, () => {
      assert.equal(find(facts, env), HERE);
      assert.deepEqual(machine.askedEngines, []);
    });
  }

  const asked: readonly [string, ClusterFacts, NodeJS.ProcessEnv, string][] = [
    ["of DOCKER_HOST", { context, delivery: "host-daemon" }, remote, "tcp://10.0.0.2:2375  "],
    [
      "of a docker context, with its certificates",
      { ...containerdMinikube, builder: far },
      { DOCKER_TLS_VERIFY: "0" },
      "tcp://10.0.0.1:2376 1 /certs",
    ],
    [
      "at a socket of a docker context, such as Colima's, without the shell's certificates",
      { context, delivery: "host-daemon", builder: { host: "unix:///colima.sock" } },
      { DOCKER_CERT_PATH: "/others", DOCKER_TLS_VERIFY: "1" },
      "unix:///colima.sock  ",
    ],
    [
      "in a node on a remote engine",
      { ...dockerMinikube, builder: far },
      {},
      "tcp://10.0.0.1:2376 1 /certs",
    ],
    [
      "in a node of the driver ssh",
      withDriver(dockerMinikube, "ssh"),
      {},
      "tcp://127.0.0.1:32769 1 /home/me/.minikube/certs",
    ],
  ];
  for (const [what, facts, env, engine] of asked) {
    it(`is asked of one ${what}`, () => {
      assert.equal(find(facts, env), "linux/riscv64");
      assert.deepEqual(machine.askedEngines, [engine]);
    });
  }

  it("is asked on systems where Node.js may be emulated", () => {
    assert.equal(
      builderPlatform(dockerMinikube, process.env, { here: undefined }),
      "linux/riscv64",
    );
    assert.equal(machine.askedEngines.length, 1);
  });

  it("isn't known where the engine doesn't tell, or has no Linux", () => {
    machine.setEnginePlatform("windows/amd64");
    assert.equal(find({ context, delivery: "host-daemon" }, remote), undefined);
    assert.equal(find({ context, delivery: "host-daemon" }, { ...remote, PATH: "" }), undefined);
  });

  const machines: readonly [string, string, string, string | undefined][] = [
    ["linux", "x64", "x86_64", "linux/amd64"],
    ["linux", "arm64", "aarch64", "linux/arm64"],
    ["linux", "arm", "aarch64", undefined],
    ["linux", "x64", "aarch64", undefined],
    ["darwin", "x64", "x86_64", undefined],
    ["darwin", "arm64", "arm64", undefined],
    ["win32", "x64", "x86_64", undefined],
  ];
  for (const [platform, arch, kernel, expected] of machines) {
    it(`takes ${platform}, Node.js for ${arch}, kernel ${kernel} as ${expected ?? "unknown"}`, () => {
      assert.equal(linuxMachine({ platform, arch, machine: kernel }), expected);
    });
  }
});
