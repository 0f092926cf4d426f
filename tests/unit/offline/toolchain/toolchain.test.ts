import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keyOf } from "../../../../offline/core/digest";
import * as pins from "../../../../offline/pins";
import { goBuildArguments, goEnvironment } from "../../../../offline/sources/go";
import { goProgram, programNames, programRecipe } from "../../../../offline/toolchain";

const FOLDER = join(__dirname, "../../../../offline/toolchain");
const goMod = (name: string) => readFileSync(join(FOLDER, name, "go.mod"), "utf8");

describe("the programs of offline mode", () => {
  it("each have a folder with their pins", () => {
    const folders = readdirSync(FOLDER, { withFileTypes: true }).filter((e) => e.isDirectory());
    assert.deepEqual(folders.map((e) => e.name).sort(), [...programNames].sort());
    for (const name of programNames) {
      const hasModules = /^\s*(require|\t)/m.test(goMod(name));
      assert.ok(!hasModules || existsSync(join(FOLDER, name, "go.sum")), name);
      const { package: main } = goProgram(name);
      if (main === ".") assert.ok(existsSync(join(FOLDER, name, "main.go")), name);
      else assert.match(goMod(name), new RegExp(`^tool ${main}$`, "m"));
    }
  });

  it("need no newer Go than the documented minimum", () => {
    for (const name of programNames) {
      const version = /^go (\S+)$/m.exec(goMod(name))?.[1] ?? "";
      const parts = (text: string) =>
        text
          .split(".")
          .map((part) => part.padStart(4, "0"))
          .join();
      assert.ok(parts(version) <= parts(pins.GO_MINIMUM), `${name} needs Go ${version}`);
    }
  });

  for (const [program, module, version] of [
    ["kubernetes", "k8s.io/kubernetes", pins.KUBERNETES_VERSION],
    ["minikube", "k8s.io/minikube", pins.MINIKUBE_VERSION],
    ["storage-provisioner", "k8s.io/minikube", pins.MINIKUBE_VERSION],
    ["pulumi", "github.com/pulumi/pulumi/pkg/v3", pins.PULUMI_VERSION],
    ["pulumi-language-nodejs", "github.com/pulumi/pulumi/sdk/v3", pins.PULUMI_LANGUAGE_VERSION],
    ["helm", "helm.sh/helm/v3", pins.HELM_VERSION],
    ["crictl", "sigs.k8s.io/cri-tools", pins.CRICTL_VERSION],
    ["coredns", "github.com/coredns/coredns", pins.CORE_DNS_VERSION],
    ["cri-dockerd", "github.com/Mirantis/cri-dockerd", pins.CRI_DOCKERD_VERSION],
    ["kube-router", "github.com/cloudnativelabs/kube-router", pins.KUBE_ROUTER_VERSION],
    ["metrics-server", "sigs.k8s.io/metrics-server", pins.METRICS_SERVER_VERSION],
  ] as const) {
    it(`report the version that ${program} is pinned to`, () => {
      assert.match(goMod(program), new RegExp(`\\b${module} ${version}( |$)`, "m"));
    });
  }

  it("are built from the pins alone", () => {
    const environment = goEnvironment({ cgo: true });
    assert.match(environment.GOFLAGS ?? "", /-mod=readonly .*-trimpath/);
    assert.equal(environment.GOTOOLCHAIN, "local");
    assert.equal(environment.CGO_ENABLED, "1");
    assert.equal(goEnvironment({}).CGO_ENABLED, "0");
    const args = goBuildArguments(goProgram("minikube"), "/out/minikube");
    assert.ok(args.includes("-tags=libvirt_dlopen") && args.includes("-o=/out/minikube"));
    assert.equal(args.at(-1), "k8s.io/minikube/cmd/minikube");
    const ldflags = args.find((arg) => arg.startsWith("-ldflags=")) ?? "";
    const variable = `-X k8s.io/minikube/pkg/version.version=${pins.MINIKUBE_VERSION}`;
    assert.ok(ldflags.includes(variable), ldflags);
  });

  it("have distinct keys, which are the same at each call", () => {
    const keys = programNames.map((name) => programRecipe(name).key);
    assert.equal(new Set(keys).size, keys.length);
    assert.deepEqual(
      programNames.map((name) => programRecipe(name).key),
      keys,
    );
    assert.notEqual(keyOf({ sources: { "go.sum": "a" } }), keyOf({ sources: { "go.sum": "b" } }));
  });

  it("are in the order in which a new cluster needs them", () => {
    const before = (a: (typeof programNames)[number], b: (typeof programNames)[number]) => {
      assert.ok(programNames.indexOf(a) < programNames.indexOf(b), `${a} before ${b}`);
    };
    for (const name of ["kubernetes", "minikube", "cri-dockerd", "coredns", "crictl"] as const) {
      before("runc-here", name);
      before(name, "kube-router");
      before(name, "pulumi");
      before(name, "metrics-server");
    }
  });

  it("start Pulumi's language host with the options of Pulumi.yaml", () => {
    const directory = mkdtempSync(join(tmpdir(), "language-host-"));
    const launcher = join(directory, "pulumi-language-nodejs");
    cpSync(join(FOLDER, "language-host.sh"), launcher);
    writeFileSync(join(directory, "language-host"), '#!/bin/sh\nprintf "%s\\n" "$@"\n');
    for (const file of [launcher, join(directory, "language-host")]) chmodSync(file, 0o755);
    const link = join(directory, "link");
    symlinkSync(launcher, link);
    const options = (cwd: string) =>
      execFileSync(link, ["127.0.0.1:1"], { cwd, encoding: "utf8" }).trimEnd().split("\n");
    try {
      assert.deepEqual(options(join(FOLDER, "../..")), [
        "-typescript=false",
        "-nodeargs=--import tsx",
        "127.0.0.1:1",
      ]);
      assert.deepEqual(options(directory), ["-typescript=true", "-nodeargs=", "127.0.0.1:1"]);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
