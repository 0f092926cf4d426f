import assert from "node:assert/strict";
import { outputIsSecret, valueOf } from "../../../../cli/preview/registered-resource";
import { appImageArgs } from "../../../../components";
import type { ClusterFacts } from "../../../../components/cluster";
import { containerdMinikube, dockerMinikube, settingsWith } from "../../../support/fixtures";

const registry = { server: "registry.example:5000", username: "robot" };
const settings = settingsWith({ images: { registry }, registryPassword: "hush" });

describe("components: appImageArgs", () => {
  it("name the profile where the image goes into its node, and no registry there", () => {
    for (const facts of [dockerMinikube, containerdMinikube]) {
      const args = appImageArgs(settings, "backend", facts);
      assert.equal(args.minikubeProfile, "minikube");
      assert.ok(!("registry" in args));
    }
  });

  it("name the daemon that builds, where Minikube takes the image from it", () => {
    const builder = { host: "unix:///home/me/.colima/docker.sock" };
    const args = appImageArgs(settings, "backend", { ...containerdMinikube, builder });
    assert.deepEqual(args.builder, builder);
    assert.ok(!("builder" in appImageArgs(settings, "backend", dockerMinikube)));
  });

  it("name the kubeconfig that is set where the image goes into the node", () => {
    const set = settingsWith({ kubeconfig: "~/other" });
    assert.equal(appImageArgs(set, "backend", containerdMinikube).kubeconfig, "~/other");
    assert.ok(!("kubeconfig" in appImageArgs(settings, "backend", containerdMinikube)));
    const hostDaemon: ClusterFacts = { ...dockerMinikube, delivery: "host-daemon" };
    assert.ok(!("kubeconfig" in appImageArgs(set, "backend", hostDaemon)));
  });

  it("name the registry, its password a secret, only where the image is pushed", async () => {
    const facts: ClusterFacts = { ...dockerMinikube, delivery: "registry" };
    const args = appImageArgs(settings, "frontend", facts);
    assert.ok(!("minikubeProfile" in args));
    const { password, ...rest } = args.registry ?? assert.fail("no registry");
    assert.deepEqual(rest, registry);
    assert.ok(await outputIsSecret(password));
    assert.equal(await valueOf(password), "hush");
  });

  it("let the arguments of an image replace the base image of all", () => {
    const { buildArgs } = appImageArgs(
      settingsWith({
        images: { nodeImage: "node:22" },
        backend: { image: { args: { NODE_IMAGE: "node:23", A: "1" } } },
      }),
      "backend",
      dockerMinikube,
    );
    assert.deepEqual(buildArgs, { NODE_IMAGE: "node:23", A: "1" });
  });
});
