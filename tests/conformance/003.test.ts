import assert from "node:assert/strict";
import { fitNodeSize } from "../../cli/environment/decide/node-size";
import { creationArguments } from "../../cli/environment/provide/start-minikube";
import { at } from "../../lib/pulumi/values";
import { parseSettings } from "../../settings";
import { find } from "../support/chart/helm";
import { models } from "../support/conformance/model";
import { components, containerOf, portsOf } from "../support/conformance/objects";
import { asConfig, setting } from "../support/values";

const model = models["003"];

describe("conformance: data model 003", () => {
  it("calls Deployments and Services todo-…-deployment and todo-…-service, and images todo-…", () =>
    model.always(({ objects }) => {
      for (const component of components) {
        const { image, ports } = containerOf(objects, `todo-${component}-deployment`);
        assert.match(image, new RegExp(`^todo-${component}:1\\.0\\.0-`));
        assert.equal(ports.length, 1);
        find(objects, "Service", `todo-${component}-service`);
      }
    }));

  it("has Services by TCP, of the three types", async () => {
    await model.always(({ objects }) => {
      assert.equal(portsOf(objects, "todo-backend-service").type, "ClusterIP");
      const { type, protocol } = portsOf(objects, "todo-frontend-service");
      assert.deepEqual([type, protocol], ["NodePort", "TCP"]);
    });
    const over = setting("service", { name: "todo-frontend-service", type: "LoadBalancer" });
    const { objects } = await model.run({
      frontend: { ...(model.file.frontend as object), ...over },
    });
    assert.equal(portsOf(objects, "todo-frontend-service").type, "LoadBalancer");
  });

  it("refers to a registry where one is set", async () => {
    const server = "registry.example:5000/todo";
    const { resources } = await model.run({ images: { registry: { server } } });
    for (const image of resources.ofType("docker:index/image:Image")) {
      assert.ok(String(image.input("imageName")).startsWith(`${server}/todo-`));
      assert.equal(image.input("skipPush"), false);
    }
  });

  it("refuses a version that isn't semantic, replicas below 1, other Service types and wrong ports", () => {
    for (const [path, value] of [
      ["version", "latest"],
      ["backend.replicas", 0],
      ["backend.replicas", 1.5],
      ["frontend.service.type", "ExternalName"],
      ["frontend.service.port", 65536],
      ["frontend.service.port", 0],
      ["backend.image.name", "Todo Backend"],
    ] as const) {
      assert.throws(
        () => parseSettings(asConfig(setting(path, value))),
        (error: Error) => error.message.includes(`${path}: found`),
        `${path}: ${value}`,
      );
    }
  });

  it("makes the cluster local-dev with the CPUs, the memory, the disk and the Kubernetes that are set", () => {
    const { minikube, context: profile } = model.settings;
    const { memory: memoryMiB, ...rest } = minikube;
    const args = creationArguments({ ...rest, profile, memoryMiB, nodePorts: [] });
    for (const word of [
      "--profile=local-dev",
      "--cpus=2",
      "--memory=4096",
      "--disk-size=20000mb",
      "--kubernetes-version=1.34.0",
    ]) {
      assert.ok(args.includes(word), `${word} among ${args.join(" ")}`);
    }
  });

  it("brings the addon metrics-server, unless it is told otherwise", () => {
    const addonsOf = (addons: readonly string[]) => {
      const { memory: memoryMiB, ...rest } = model.settings.minikube;
      const args = creationArguments({ ...rest, profile: "a", memoryMiB, nodePorts: [], addons });
      return args.filter((arg) => arg.startsWith("--addons=")).join();
    };
    assert.match(addonsOf(model.settings.minikube.addons), /[=,]metrics-server(,|$)/);
    assert.equal(addonsOf([]), "");
  });

  it("cuts the cluster to what the machine has", () => {
    const cut = fitNodeSize({ cpus: 64, memoryMiB: 1_000_000 }, { cpus: 4, memoryMiB: 16_000 });
    assert.ok("cpus" in cut && cut.cpus <= 4 && cut.memoryMiB <= 16_000);
  });

  it("shows an image that exists: the Deployment's is the one that is built", () =>
    model.always(({ objects, resources }) => {
      const built = resources
        .ofType("docker:index/image:Image")
        .map((image) => image.input("imageName"));
      const used = components.map(
        (component) => containerOf(objects, `todo-${component}-deployment`).image,
      );
      assert.deepEqual(used, built);
    }));

  it("contains templates of Deployments, Services and configuration in one release", async () => {
    const { objects, resources } = await model.deployed("chart");
    const kinds = new Set(objects.map(({ kind }) => kind));
    for (const kind of ["Deployment", "Service", "ConfigMap", "Secret"]) assert.ok(kinds.has(kind));
    assert.equal(resources.ofType("kubernetes:helm.sh/v3:Release").length, 1);
    assert.ok(at(find(objects, "Deployment", "todo-backend-deployment"), "spec"));
  });
});
