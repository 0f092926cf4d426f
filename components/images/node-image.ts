import { execFile } from "node:child_process";
import { homedir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";

/** Arguments of {@link NodeImage}. */
export interface NodeImageArgs {
  /** Name and tag of the image. */
  readonly imageName: pulumi.Input<string>;

  /** Minikube profile whose node contains the image. */
  readonly profile: pulumi.Input<string>;

  /**
   * true: this machine's docker daemon has the image, and creating this resource loads it into the node.
   * false: the node's daemon builds it after this resource, which only reports whether it exists.
   */
  readonly load: pulumi.Input<boolean>;

  /**
   * Address of the docker daemon that has built the image. Without it Minikube takes the image from the daemon
   * that it finds itself, and doesn't know a context's certificates.
   *
   * @default the daemon that Minikube finds: DOCKER_HOST, else the one at its usual address
   */
  readonly dockerHost?: pulumi.Input<string>;

  /** Folder of the client certificates for `dockerHost`. @default none */
  readonly dockerCertPath?: pulumi.Input<string>;

  /** Path of the kubeconfig with the profile's context. @default the one that kubectl finds */
  readonly kubeconfig?: pulumi.Input<string>;
}

interface Inputs {
  imageName: string;
  profile: string;
  load: boolean;
  dockerHost?: string;
  dockerCertPath?: string;
  kubeconfig?: string;
}

interface State extends Inputs {
  /** Number of times that the node was found without the image, plus one. */
  generation: number;
  /** Whether the last refresh found the image in the node. */
  present: boolean;
  /** Every name that this resource has had: destroy removes all of them from the node. */
  names: string[];
}

/*
 * From here to the class, everything becomes part of Pulumi's state: the SDK serializes the provider with
 * the functions that it refers to, and runs it in another process. It may use Node's built-in modules only,
 * which is why it runs programs with execFile and not with lib/process, and holds no private members.
 */

function execute(
  file: string,
  args: string[],
  timeout: number,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(file, args, { timeout, maxBuffer: 1 << 26, env }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${file} ${args.join(" ")} failed: ${stderr || error.message}`));
    });
  });
}

/** What the commands need to know of the profile. */
type Profile = Pick<Inputs, "profile" | "kubeconfig">;

/** The environment of programs that find the kubeconfig by it alone. A shell would expand the ~. */
function variables({ kubeconfig }: Profile): NodeJS.ProcessEnv {
  if (kubeconfig === undefined) return process.env;
  const path = /^~[/\\]/.test(kubeconfig) ? join(homedir(), kubeconfig.slice(1)) : kubeconfig;
  return { ...process.env, KUBECONFIG: path };
}

function minikube(
  of: Profile,
  args: string[],
  timeout = 300_000,
  env = variables(of),
): Promise<string> {
  return execute("minikube", ["-p", of.profile, ...args], timeout, env);
}

/** The environment in which Minikube takes images from the daemon that has built them. */
function daemonVariables(inputs: Inputs): NodeJS.ProcessEnv {
  const { dockerHost, dockerCertPath } = inputs;
  const all = variables(inputs);
  if (dockerHost === undefined) return all;
  const { DOCKER_CERT_PATH: _c, DOCKER_TLS_VERIFY: _v, ...env } = all;
  const certificates =
    dockerCertPath === undefined
      ? {}
      : { DOCKER_CERT_PATH: dockerCertPath, DOCKER_TLS_VERIFY: "1" };
  return { ...env, DOCKER_HOST: dockerHost, ...certificates };
}

/** Lists the images of the node; none after `minikube delete`, which leaves neither profile nor images. */
async function imagesIn(of: Profile): Promise<string[]> {
  try {
    return (await minikube(of, ["image", "ls"])).split("\n");
  } catch (error) {
    if (/cluster ".*" does not exist|profile ".*" not found/i.test(String(error))) return [];
    throw error;
  }
}

/** Whether an image in the node's list has this name: Minikube lists it with or without its registry. */
function matches(image: string, name: string): boolean {
  return image === name || image.endsWith(`/${name}`);
}

/** Lists the images that pods use: those of other stacks, once this one's pods are deleted. None if kubectl fails. */
async function imagesOfPods(of: Profile): Promise<string[]> {
  const names =
    "{range .items[*]}{.spec.initContainers[*].image} {.spec.containers[*].image} {end}";
  const env = variables(of);
  const file = of.kubeconfig === undefined ? [] : ["--kubeconfig", env.KUBECONFIG ?? ""];
  const query = ["get", "pods", "-A", "-o", `jsonpath=${names}`];
  const args = ["--context", of.profile, ...file, ...query];
  return (await execute("kubectl", args, 60_000, env).catch(() => "")).split(" ");
}

/** Whether every node has the image: Minikube's list is of all nodes together, and loading skips those that fail. */
async function isPresent(inputs: Inputs): Promise<boolean> {
  const { imageName, load } = inputs;
  if (!(await imagesIn(inputs)).some((image) => matches(image, imageName))) return false;
  // A node's own daemon builds only where the profile has a single node.
  if (!load) return true;
  const list = (await minikube(inputs, ["node", "list"])).trim().split("\n");
  if (list.length < 2) return true;
  for (const line of list) {
    const [node = ""] = line.split("\t");
    const crictl = ["ssh", "-n", node, "--", "sudo crictl images -o json"];
    const { images } = JSON.parse(await minikube(inputs, crictl)) as {
      images: { repoTags?: string[] | null }[];
    };
    const tags = images.flatMap(({ repoTags }) => repoTags ?? []);
    if (!tags.some((tag) => matches(tag, imageName))) return false;
  }
  return true;
}

async function store(inputs: State): Promise<void> {
  if (!inputs.load) return;
  const load = ["image", "load", "--daemon=true", inputs.imageName];
  await minikube(inputs, load, undefined, daemonVariables(inputs));
  // `image load` succeeds even if the daemon doesn't have the image.
  if (!(await isPresent(inputs))) {
    throw new Error(
      `${inputs.imageName} isn't in every node of Minikube profile ${inputs.profile} after loading it. ` +
        `Does the docker daemon ${inputs.dockerHost ?? "of this machine"} have it (docker image ls)?`,
    );
  }
}

const provider: pulumi.dynamic.ResourceProvider<Inputs, State> = {
  // check runs at each preview and up, so that a lost image (after `minikube delete`, for example) shows
  // as a change without a refresh.
  async check(olds: Partial<State> | undefined, news) {
    const before = olds?.generation ?? 1;
    // At a preview, an output of another resource may still be unknown: then there is nothing to look for.
    const same = olds?.imageName === news.imageName && typeof news.profile === "string";
    const lost = same && !(await isPresent(news));
    const names = [...new Set([...(olds?.names ?? []), news.imageName])];
    return {
      inputs: { ...news, generation: lost ? before + 1 : before, present: true, names },
    };
  },
  diff(_id, olds, news) {
    const next = news as State;
    return Promise.resolve({
      changes:
        olds.imageName !== next.imageName ||
        !olds.present ||
        olds.generation !== next.generation ||
        // A state of an earlier version has none: that alone is no change.
        (olds.kubeconfig !== undefined && olds.kubeconfig !== next.kubeconfig) ||
        olds.profile !== next.profile,
      replaces: olds.profile === next.profile ? [] : ["profile"],
    });
  },
  async create(inputs) {
    const state = inputs as State;
    await store(state);
    return { id: `${state.profile}/${state.imageName.replace(/:[^:/]*$/, "")}`, outs: state };
  },
  async update(_id, _olds, news) {
    const state = news as State;
    await store(state);
    return { outs: state };
  },
  async read(id, props) {
    if (props === undefined || (await isPresent(props))) return { id, props };
    // Without an id, Pulumi removes the resource from the state, and the next up creates it again: loads it.
    // A resource that only reports stays, because a new one would count from 1 again. The next up counts:
    // a refresh that runs the program would record the new count as the one that the image was built with.
    return props.load ? { id: "" } : { id, props: { ...props, present: false } };
  },
  async delete(_id, props) {
    // The node keeps the containers of a deleted pod for up to a minute, and their image with them.
    for (let tries = 0; tries < 25; tries++) {
      const images = await imagesIn(props);
      const used = await imagesOfPods(props);
      const ours = props.names.filter((name) => !used.some((image) => matches(image, name)));
      const left = images.filter((image) => ours.some((name) => matches(image, name)));
      if (left.length === 0) return;
      // Without a limit, Minikube retries for minutes.
      await minikube(props, ["image", "rm", ...left], 60_000).catch(() => "");
      if (tries > 0) await new Promise((resolve) => setTimeout(resolve, 3000));
    }
  },
};

/** An image in the node of a Minikube: its loss shows as a change, and destroy removes it. */
export class NodeImage extends pulumi.dynamic.Resource {
  /** Name and tag of the image, known once the node has it. */
  declare readonly imageName: pulumi.Output<string>;

  /** Increases when the node was found without the image, so that the image is built again. */
  declare readonly generation: pulumi.Output<number>;

  constructor(name: string, args: NodeImageArgs, opts?: pulumi.CustomResourceOptions) {
    super(provider, name, { ...args, generation: undefined }, opts);
  }
}
