import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import { valueOf } from "../../../../cli/preview/registered-resource";
import { AppImage, appImageArgs } from "../../../../components";
import type { ClusterFacts } from "../../../../components/cluster";
import { isSecret, visible } from "../../../../lib/pulumi/values";
import { node, PUSHED_DIGEST } from "../../../support/cloud";
import { assertComponent, deployComponent } from "../../../support/component";
import type { Resources } from "../../../support/deploy";
import {
  containerdMinikube,
  dockerMinikube,
  fakeSecrets,
  settingsWith,
} from "../../../support/fixtures";
import { Folder } from "../../../support/folder";

const TYPE = "todo-chatbot:image:AppImage";
const DOCKER_IMAGE = "docker:index/image:Image";
const NODE_IMAGE = "pulumi-nodejs:dynamic:Resource";

const remote = { name: "kind-x", server: "https://127.0.0.1:6443", minikube: false };
const hostDaemon: ClusterFacts = { context: remote, delivery: "host-daemon" };
const toRegistry: ClusterFacts = { ...dockerMinikube, delivery: "registry", builder: undefined };
const registry = { server: "registry.example:5000/team", username: "robot" };

describe("components: AppImage", () => {
  let folder: Folder;
  beforeEach(
    () => (folder = new Folder({ Dockerfile: "FROM base AS runner\n", "main.ts": "main" })),
  );
  afterEach(() => {
    folder.remove();
  });

  /** The image as index.ts makes it. */
  function make(
    facts: ClusterFacts,
    {
      images = {},
      image = {},
      preview = false,
    }: { images?: object; image?: object; preview?: boolean } = {},
  ) {
    const settings = settingsWith({
      images,
      backend: {
        image: { context: folder.path, dockerfile: folder.file("Dockerfile"), ...image },
      },
      registryPassword: fakeSecrets.registryPassword,
    });
    return deployComponent(
      (inCluster) => new AppImage("backend", appImageArgs(settings, "backend", facts), inCluster),
      { facts, preview },
    );
  }

  const built = (resources: Resources) => resources.one(DOCKER_IMAGE, "backend-image");

  for (const preview of [false, true]) {
    it(`minikube-daemon: the node builds it, next to what notices its loss (preview: ${preview})`, async () => {
      const { value, resources } = await make(dockerMinikube, { preview });
      const component = assertComponent(resources, TYPE, "backend", [
        `${NODE_IMAGE} backend-presence`,
        `${DOCKER_IMAGE} backend-image`,
      ]);
      const reference = `todo-backend:${value.tag}`;
      assert.match(value.tag, /^1\.0\.0-[0-9a-f]{12}$/);
      assert.equal(await valueOf(value.reference), reference);
      assert.deepEqual(component.outputs, { reference, tag: value.tag });

      const { __provider: code, ...presence } = resources.one(NODE_IMAGE).inputs as Record<
        string,
        unknown
      >;
      assert.match(String(code), /exports\.handler/);
      assert.deepEqual(presence, { profile: "minikube", imageName: reference, load: false });

      const image = built(resources);
      assert.equal(image.input("imageName"), reference);
      assert.equal(image.input("skipPush"), true);
      assert.equal(image.input("registry"), undefined);
      assert.equal(image.input("build.args.REBUILD"), undefined);
      // On destroy the pods, then the image, then what removes it from the node.
      assert.deepEqual(image.dependencies, [resources.one(NODE_IMAGE).urn]);
    });

    it(`minikube-load: this machine builds it, the node is given it (preview: ${preview})`, async () => {
      const { value, resources } = await make(containerdMinikube, { preview });
      assertComponent(resources, TYPE, "backend", [
        `${NODE_IMAGE} backend-presence`,
        `${DOCKER_IMAGE} backend-image`,
        `${NODE_IMAGE} backend-loaded`,
      ]);
      const loaded = resources.one(NODE_IMAGE, "backend-loaded");
      assert.equal(loaded.input("load"), true);
      assert.equal(loaded.input("imageName"), `todo-backend:${value.tag}`);
      assert.ok(loaded.dependencies.includes(built(resources).urn), "loaded once it is built");
      // What uses the reference waits until the node has it.
      assert.equal(await valueOf(value.reference), `todo-backend:${value.tag}`);
      const used = await (
        value.reference as unknown as { allResources(): Promise<Set<pulumi.Resource>> }
      ).allResources();
      const urns = await Promise.all([...used].map(({ urn }) => valueOf(urn)));
      assert.ok(urns.includes(loaded.urn));
    });
  }

  it("is taken from the daemon that has built it, such as Colima's", async () => {
    const builder = { host: "tcp://10.0.0.1:2376", certPath: "/certs" };
    const { resources } = await make({ ...containerdMinikube, builder });
    const loaded = resources.one(NODE_IMAGE, "backend-loaded");
    assert.equal(loaded.input("dockerHost"), builder.host);
    assert.equal(loaded.input("dockerCertPath"), builder.certPath);
  });

  it("is built again where the node has lost it, under the same tag", async () => {
    const { value: before } = await make(dockerMinikube);
    node.generation = 3;
    try {
      const { value, resources } = await make(dockerMinikube);
      assert.equal(built(resources).input("build.args.REBUILD"), "3");
      assert.equal(value.tag, before.tag);
    } finally {
      node.generation = 1;
    }
  });

  it("host-daemon: this machine builds it, and that is all", async () => {
    const { value, resources } = await make(hostDaemon);
    assertComponent(resources, TYPE, "backend", [`${DOCKER_IMAGE} backend-image`]);
    const image = built(resources);
    assert.equal(image.input("skipPush"), true);
    assert.equal(await valueOf(value.reference), `todo-backend:${value.tag}`);
  });

  it("registry: it is pushed, and referred to by digest", async () => {
    const { value, resources } = await make(toRegistry, { images: { registry } });
    assertComponent(resources, TYPE, "backend", [`${DOCKER_IMAGE} backend-image`]);
    const image = built(resources);
    assert.equal(image.input("imageName"), `registry.example:5000/team/todo-backend:${value.tag}`);
    assert.equal(image.input("skipPush"), false);
    assert.deepEqual(image.input("registry"), {
      ...registry,
      password: fakeSecrets.registryPassword,
    });
    assert.equal(
      await valueOf(value.reference),
      `registry.example:5000/team/todo-backend@${PUSHED_DIGEST}`,
    );
  });

  it("registry: its password is sent as a secret", async () => {
    const { resources } = await make(toRegistry, { images: { registry } });
    const sent = built(resources).wire.registry;
    assert.ok(isSecret(sent) || isSecret((sent as { password: unknown }).password));
    assert.doesNotMatch(visible(resources.all.map(({ wire }) => wire)), /hush/);
  });

  it("registry: a preview knows the tag, and not yet the digest", async () => {
    const options = { images: { registry }, preview: true };
    const { value, resources } = await make(toRegistry, options);
    assert.equal(await valueOf(value.reference), undefined);
    assert.match(String(built(resources).input("imageName")), /:1\.0\.0-[0-9a-f]{12}$/);
  });

  it("ignores a registry where another delivery is set", async () => {
    const { value } = await make(dockerMinikube, { images: { registry } });
    assert.equal(await valueOf(value.reference), `todo-backend:${value.tag}`);
  });

  it("is built from what the settings say", async () => {
    const { resources } = await make(dockerMinikube, {
      images: { nodeImage: "node:22", platform: "linux/arm64" },
      image: { target: "runner", args: { COLOR: "blue" } },
    });
    assert.deepEqual(built(resources).input("build"), {
      context: folder.path,
      dockerfile: folder.file("Dockerfile"),
      target: "runner",
      platform: "linux/arm64",
      args: { NODE_IMAGE: "node:22", COLOR: "blue" },
    });
  });

  it("is built for the engine's platform unless the settings name one, under the same tag", async () => {
    const { value: before, resources: unknown } = await make(dockerMinikube);
    assert.equal(built(unknown).input("build.platform"), undefined);
    const facts = { ...dockerMinikube, platform: "linux/arm64" };
    const { value, resources } = await make(facts);
    assert.equal(built(resources).input("build.platform"), "linux/arm64");
    assert.equal(value.tag, before.tag);
    const { resources: set } = await make(facts, { images: { platform: "linux/amd64" } });
    assert.equal(built(set).input("build.platform"), "linux/amd64");
  });

  it("has a tag that follows the source and the arguments, known at preview, never latest", async () => {
    const tag = async (options: Parameters<typeof make>[1] = {}) =>
      (await make(dockerMinikube, { preview: true, ...options })).value.tag;
    const first = await tag();
    const tags = [first, await tag({ images: { nodeImage: "node:22" } })];
    folder.write("main.ts", "main!");
    tags.push(await tag());
    folder.write("main.ts", "main");
    assert.equal(await tag(), first);
    assert.equal(new Set(tags).size, 3);
    assert.doesNotMatch(tags.join(), /latest/);
  });

  for (const [what, over, message] of [
    [
      "a delivery into a node without its profile",
      { minikubeProfile: undefined },
      /delivery is minikube-daemon, and minikubeProfile is not set; expected minikubeProfile with/,
    ],
    [
      "a profile where nothing is delivered into a node",
      { delivery: "host-daemon" },
      /delivery is host-daemon, and minikubeProfile is minikube; expected minikubeProfile with/,
    ],
    [
      "the delivery to a registry without one",
      { delivery: "registry", minikubeProfile: undefined },
      /delivery is registry, and registry is not set; expected registry with the delivery registry/,
    ],
    [
      "a registry of another delivery",
      { registry: { ...registry, password: "x" } },
      /delivery is minikube-daemon, and registry is registry\.example:5000\/team; expected registry with/,
    ],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const image = { context: folder.path, dockerfile: folder.file("Dockerfile") };
      const settings = settingsWith({ backend: { image } });
      const args = { ...appImageArgs(settings, "backend", dockerMinikube), ...over };
      await assert.rejects(
        deployComponent((inCluster) => new AppImage("backend", args, inCluster)),
        ({ message: found }: Error) => {
          assert.match(found, /^AppImage "backend": /);
          assert.match(found, message);
          return true;
        },
      );
    });
  }
});
