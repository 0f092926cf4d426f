import { execFile } from "node:child_process";
import * as pulumi from "@pulumi/pulumi";

export interface NodeImageArgs {
  /** Name and tag of the image. */
  imageName: pulumi.Input<string>;
  /** Minikube profile whose node is to have the image. */
  profile: pulumi.Input<string>;
  /**
   * true: the image is on this machine's docker daemon, and creating this resource loads it into the node.
   * false: the node's own daemon builds it after this resource, which only tells whether it is there.
   */
  load: pulumi.Input<boolean>;
}

interface Inputs {
  imageName: string;
  profile: string;
  load: boolean;
}

interface State extends Inputs {
  /** Counts up whenever the node was found without the image. */
  generation: number;
  /** False where a refresh has found the node without the image. */
  present: boolean;
  /** Every name that this resource has had: what destroy takes out of the node. */
  names: string[];
}

function execute(file: string, args: string[], timeout: number): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(file, args, { timeout, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${file} ${args.join(" ")} failed: ${stderr || error.message}`));
    });
  });
}

function minikube(args: string[], timeout = 300_000): Promise<string> {
  return execute("minikube", args, timeout);
}

/** Images of the node; none after `minikube delete`, which leaves neither profile nor images. */
async function imagesIn(profile: string): Promise<string[]> {
  try {
    return (await minikube(["-p", profile, "image", "ls"])).split("\n");
  } catch (error) {
    if (/cluster ".*" does not exist|profile ".*" not found/i.test(String(error))) return [];
    throw error;
  }
}

/** Whether an image of the node's list has a name: Minikube lists them with or without their registry. */
function matches(image: string, name: string): boolean {
  return image === name || image.endsWith(`/${name}`);
}

/** Images that pods use: those of other stacks, once this one's pods are gone. None where nobody answers. */
async function imagesOfPods(profile: string): Promise<string[]> {
  const names =
    "{range .items[*]}{.spec.initContainers[*].image} {.spec.containers[*].image} {end}";
  const args = ["--context", profile, "get", "pods", "-A", "-o", `jsonpath=${names}`];
  return (await execute("kubectl", args, 60_000).catch(() => "")).split(" ");
}

async function isPresent({ profile, imageName }: Inputs): Promise<boolean> {
  return (await imagesIn(profile)).some((image) => matches(image, imageName));
}

async function store(inputs: State): Promise<void> {
  if (!inputs.load) return;
  await minikube(["-p", inputs.profile, "image", "load", "--daemon=true", inputs.imageName]);
  // `image load` succeeds where the daemon doesn't have the image: look instead of believing.
  if (!(await isPresent(inputs))) {
    throw new Error(
      `${inputs.imageName} isn't in the node of Minikube profile ${inputs.profile} after loading it. ` +
        "Does this machine's docker daemon have it (docker image ls)?",
    );
  }
}

/**
 * Pulumi keeps this object's code in the state and runs it in a process of its own: it refers to
 * nothing but Node's own modules and the functions above.
 */
const provider: pulumi.dynamic.ResourceProvider<Inputs, State> = {
  // Looking belongs here: check runs at each preview and up, so that a lost image (after
  // `minikube delete`, say) shows as a change without a refresh.
  async check(olds: Partial<State> | undefined, news) {
    const before = olds?.generation ?? 1;
    // At a preview, what comes out of another resource may be unknown yet: then there's nothing to look for.
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
    // Without an id, Pulumi takes the resource out of the state, and the next up makes it again: loads it.
    // What only tells stays: made again, it would begin to count anew. The counting is left to the next
    // up: a refresh that runs the program takes the new count for what the image was built by.
    return props.load ? { id: "" } : { id, props: { ...props, present: false } };
  },
  async delete(_id, props) {
    // The node keeps the dead containers of a pod for up to a minute after it, and their image with them.
    for (let tries = 0; tries < 25; tries++) {
      const images = await imagesIn(props.profile);
      const used = await imagesOfPods(props.profile);
      const ours = props.names.filter((name) => !used.some((image) => matches(image, name)));
      const left = images.filter((image) => ours.some((name) => matches(image, name)));
      if (left.length === 0) return;
      // Minikube itself tries for minutes.
      const remove = ["-p", props.profile, "image", "rm", ...left];
      await minikube(remove, 60_000).catch(() => "");
      if (tries > 0) await new Promise((resolve) => setTimeout(resolve, 3000));
    }
  },
};

/** An image in the node of a Minikube: noticed when it is lost, and removed by destroy. */
export class NodeImage extends pulumi.dynamic.Resource {
  declare readonly imageName: pulumi.Output<string>;
  /** Changes when the node was found without the image: what builds it builds again then. */
  declare readonly generation: pulumi.Output<number>;

  constructor(name: string, args: NodeImageArgs, opts?: pulumi.CustomResourceOptions) {
    super(provider, name, { ...args, generation: undefined }, opts);
  }
}
