import assert from "node:assert/strict";
import { homedir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { NodeImage } from "../../../../components/images";
import { deploy } from "../../../support/deploy";
import { Folder } from "../../../support/folder";
import { Machine } from "../../../support/machine";

interface State {
  imageName: string;
  profile: string;
  load: boolean;
  generation: number;
  present: boolean;
  names: string[];
  dockerHost?: string;
  dockerCertPath?: string;
  kubeconfig?: string;
}

/** Pulumi's dynamic provider, as its plugin calls it. */
interface Provider {
  check(olds: Partial<State>, news: Partial<State>): Promise<{ inputs: State }>;
  diff(id: string, olds: State, news: State): Promise<{ changes: boolean; replaces: string[] }>;
  create(inputs: State): Promise<{ id: string; outs: State }>;
  update(id: string, olds: State, news: State): Promise<{ outs: State }>;
  read(id: string, props: State): Promise<{ id: string; props?: State }>;
  delete(id: string, props: State): Promise<void>;
}

/**
 * The provider out of the code that Pulumi keeps in the state: loaded on its own, as the plugin does in a
 * process that knows nothing of this project.
 */
async function savedProvider(folder: Folder): Promise<Provider> {
  const { resources } = await deploy(
    () => new NodeImage("image", { imageName: "a:1", profile: "minikube", load: true }),
  );
  const code = String(resources.one("pulumi-nodejs:dynamic:Resource").input("__provider"));
  const file = folder.write("saved-provider.cjs", code);
  const { handler } = (await import(file)) as { handler: () => Provider };
  return handler();
}

const IMAGE = "todo-backend:1.0.0-aaaaaaaaaaaa";
const NEXT = "todo-backend:1.0.0-bbbbbbbbbbbb";
const asked = { imageName: IMAGE, profile: "minikube", load: true };

describe("components: NodeImage's provider", () => {
  const folder = new Folder();
  let provider: Provider;
  let machine: Machine;
  before(async () => (provider = await savedProvider(folder)));
  after(() => {
    folder.remove();
  });
  beforeEach(() => (machine = new Machine()));
  afterEach(() => {
    machine.remove();
  });

  /** Makes it as a first up does, and returns its state. */
  async function made(news: Partial<State> = asked): Promise<State> {
    machine.setDaemonImages(IMAGE, NEXT);
    const { inputs } = await provider.check({}, news);
    return (await provider.create(inputs)).outs;
  }

  it("starts with generation 1, without a look at the node", async () => {
    const { inputs } = await provider.check({}, asked);
    assert.deepEqual(inputs, { ...asked, generation: 1, present: true, names: [IMAGE] });
    assert.deepEqual(machine.calls, []);
  });

  it("is lost where one of several nodes lacks it: Minikube's list is of all together", async () => {
    const state = await made();
    const tag = `docker.io/library/${IMAGE}`;
    machine.setNodes({ minikube: [tag], "minikube-m02": [tag] });
    assert.equal((await provider.check(state, asked)).inputs.generation, 1);
    machine.setNodes({ minikube: [tag], "minikube-m02": ["docker.io/library/other:1"] });
    assert.equal((await provider.check(state, asked)).inputs.generation, 2);
    await assert.rejects(
      provider.create(state),
      /isn't in every node of Minikube profile minikube/,
    );
  });

  it("loads the image, and looks whether it is there", async () => {
    machine.setDaemonImages(IMAGE);
    const { inputs } = await provider.check({}, asked);
    const { id, outs } = await provider.create(inputs);
    assert.equal(id, "minikube/todo-backend");
    assert.deepEqual(outs, inputs);
    assert.deepEqual(machine.calls, [
      `-p minikube image load --daemon=true ${IMAGE}`,
      "-p minikube image ls",
      "-p minikube node list",
    ]);
    assert.deepEqual(machine.images(), [`docker.io/library/${IMAGE}`]);
  });

  it("leaves the loading to the node's own daemon where it builds", async () => {
    await made({ ...asked, load: false });
    assert.deepEqual(machine.calls, []);
  });

  it("asks for no list of nodes where the node's own daemon builds: there is one", async () => {
    const built = { ...asked, load: false };
    const state = await made(built);
    machine.setImages([`docker.io/library/${IMAGE}`]);
    assert.equal((await provider.check(state, built)).inputs.generation, 1);
    assert.deepEqual(machine.calls, ["-p minikube image ls"]);
  });

  it("says so where the daemon doesn't have the image, though Minikube doesn't", async () => {
    const { inputs } = await provider.check({}, asked);
    await assert.rejects(
      provider.create(inputs),
      /todo-backend:1\.0\.0-a+ isn't in every node of Minikube profile minikube after loading it\..*\(docker image ls\)/,
    );
  });

  it("changes nothing while the image is there", async () => {
    const state = await made();
    const { inputs } = await provider.check(state, asked);
    assert.deepEqual(inputs, state);
    const { changes, replaces } = await provider.diff("id", state, inputs);
    assert.deepEqual([changes, replaces], [false, []]);
  });

  it("takes the image from the daemon that has built it, whatever the shell's docker variables say", async () => {
    const { DOCKER_HOST: before } = process.env;
    process.env.DOCKER_HOST = "tcp://another:2375";
    try {
      const host = "unix:///home/me/.colima/docker.sock";
      await made({ ...asked, dockerHost: host });
      await made({ ...asked, imageName: NEXT, dockerHost: "tcp://far:2376", dockerCertPath: "/c" });
      const from = machine.calls.filter((call) => call.startsWith("from "));
      assert.deepEqual(from, [`from ${host} `, "from tcp://far:2376 /c"]);
    } finally {
      if (before === undefined) delete process.env.DOCKER_HOST;
      else process.env.DOCKER_HOST = before;
    }
  });

  it("counts a lost image: it changes, is loaded again, and is quiet then", async () => {
    const state = await made();
    machine.setImages([]);
    const { inputs } = await provider.check(state, asked);
    assert.equal(inputs.generation, 2);
    assert.deepEqual(await provider.diff("id", state, inputs), { changes: true, replaces: [] });
    const { outs } = await provider.update("id", state, inputs);
    assert.deepEqual(machine.images(), [`docker.io/library/${IMAGE}`]);
    const again = await provider.check(outs, asked);
    assert.equal((await provider.diff("id", outs, again.inputs)).changes, false);
  });

  it("counts after `minikube delete` too, when the profile is gone", async () => {
    const state = await made();
    machine.deleteProfile();
    assert.equal((await provider.check(state, asked)).inputs.generation, 2);
  });

  it("loads another tag, and keeps the generation", async () => {
    const state = await made();
    const { inputs } = await provider.check(state, { ...asked, imageName: NEXT });
    assert.deepEqual([inputs.generation, inputs.names], [1, [IMAGE, NEXT]]);
    assert.deepEqual(await provider.diff("id", state, inputs), { changes: true, replaces: [] });
    await provider.update("id", state, inputs);
    // Pods of the old version still need theirs.
    assert.deepEqual(
      machine.images(),
      [IMAGE, NEXT].map((name) => `docker.io/library/${name}`),
    );
  });

  it("moves to another profile by a replace", async () => {
    const state = await made();
    const { inputs } = await provider.check(state, { ...asked, profile: "other" });
    const { changes, replaces } = await provider.diff("id", state, inputs);
    assert.deepEqual([changes, replaces], [true, ["profile"]]);
  });

  it("asks nothing at a preview of what isn't known yet", async () => {
    const unknown = pulumi.runtime.unknownValue;
    const state = await made();
    const before = machine.calls.length;
    const { inputs } = await provider.check(state, { ...asked, imageName: unknown });
    assert.equal(inputs.generation, 1);
    assert.equal((await provider.diff("id", state, inputs)).changes, true);
    assert.equal(machine.calls.length, before);
  });

  it("that is built in the node is shown as lost by a refresh, and counted by the next up alone", async () => {
    const told = { ...asked, load: false };
    machine.setImages([IMAGE]);
    const state = await made(told);
    machine.setImages([]);
    const { id, props } = await provider.read("id", state);
    assert.deepEqual([id, props], ["id", { ...state, present: false }]);
    // Pulumi hands check the inputs of last time, and diff what the refresh has found.
    const { inputs } = await provider.check(state, told);
    assert.deepEqual([inputs.generation, inputs.present], [2, true]);
    assert.equal((await provider.diff("id", props ?? state, inputs)).changes, true);
    // Another process has loaded it again meanwhile: nothing is built, and the state says so again.
    machine.setImages([IMAGE]);
    const back = (await provider.check(state, told)).inputs;
    assert.equal(back.generation, 1);
    assert.equal((await provider.diff("id", props ?? state, back)).changes, true);
  });

  it("is found by a refresh while it is there, and taken out of the state when it isn't", async () => {
    const state = await made();
    assert.deepEqual(await provider.read("id", state), { id: "id", props: state });
    machine.setImages(["docker.io/library/todo-frontend:1", "todo-backend:1.0.0"]);
    assert.equal((await provider.read("id", state)).id, "");
    machine.deleteProfile();
    assert.equal((await provider.read("id", state)).id, "");
  });

  it("knows an image by its whole name, with or without its registry", async () => {
    const state = await made();
    machine.setImages([IMAGE]);
    assert.equal((await provider.read("id", state)).id, "id");
    machine.setImages([`my-${IMAGE}`, `${IMAGE}0`]);
    assert.equal((await provider.read("id", state)).id, "");
  });

  it("takes every version out of the node on destroy, and nothing else", async () => {
    const state = await made();
    const { inputs } = await provider.check(state, { ...asked, imageName: NEXT });
    const { outs } = await provider.update("id", state, inputs);
    const others = ["docker.io/library/todo-frontend:1", "docker.io/library/my-todo-backend:1"];
    machine.setImages([...machine.images(), ...others]);
    await provider.delete("id", outs);
    assert.deepEqual(machine.images(), others);
  });

  it("tries again where a dead container still has the image", async () => {
    const state = await made();
    machine.setBusy();
    await provider.delete("id", state);
    assert.deepEqual(machine.images(), []);
  });

  it("leaves in the node what another stack's pod uses", async () => {
    const state = await made();
    machine.setPods(IMAGE);
    await provider.delete("id", state);
    assert.deepEqual(machine.images(), [`docker.io/library/${IMAGE}`]);
  });

  it("reaches the profile with the kubeconfig that is set, in which ~ is the home", async () => {
    for (const [kubeconfig, path] of [
      ["/other/config", "/other/config"],
      ["~/other config", join(homedir(), "other config")],
    ] as const) {
      const state = await made({ ...asked, kubeconfig });
      await provider.delete("id", state);
      assert.deepEqual(new Set(machine.kubeconfigsOfMinikube), new Set([path]));
      assert.deepEqual(new Set(machine.kubeconfigsOfKubectl), new Set([`--kubeconfig ${path}`]));
      machine.remove();
      machine = new Machine();
    }
  });

  it("doesn't change where an earlier version recorded no kubeconfig, and does where it is another", async () => {
    const state = await made();
    const set = { ...asked, kubeconfig: "/other/config" };
    const { inputs } = await provider.check(state, set);
    assert.equal((await provider.diff("id", state, inputs)).changes, false);
    const moved = await provider.check(inputs, { ...asked, kubeconfig: "/third" });
    assert.deepEqual(await provider.diff("id", inputs, moved.inputs), {
      changes: true,
      replaces: [],
    });
  });

  it("has nothing to delete where the image, or the profile, is gone", async () => {
    const state = await made();
    machine.setImages([]);
    await provider.delete("id", state);
    machine.deleteProfile();
    await provider.delete("id", state);
    assert.ok(!machine.calls.some((call) => call.includes("image rm")));
  });

  it("names the command that failed", async () => {
    const state = await made();
    process.env.PATH = folder.path;
    await assert.rejects(
      provider.read("id", state),
      /minikube -p minikube image ls failed: .*ENOENT/,
    );
  });
});
