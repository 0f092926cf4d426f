import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import type { ClusterFacts } from "../cluster";
import type { Settings, WebServiceSettings } from "../../settings";
import { contentHash, type BuildInputs } from "./content-hash";
import { NodeImage } from "./node-image";

export interface AppImageArgs {
  /** Name of the image, what it is built from, and its build arguments (public: never secrets). */
  image: WebServiceSettings["image"];
  /** First part of the tag; the content hash is the second. */
  version: string;
  images: Settings["images"];
  /** Password for `images.registry`. */
  registryPassword: pulumi.Input<string>;
  cluster: ClusterFacts;
}

/**
 * An image that is built from source and brought to where the cluster finds it. Its tag,
 * `<version>-<content hash>`, is known at preview: a source edit shows there, and rolls the pods.
 */
export class AppImage extends pulumi.ComponentResource {
  /** What pods refer to: `name:tag`, or `name@sha256:…` where the image was pushed to a registry. */
  readonly reference: pulumi.Output<string>;
  readonly tag: string;

  constructor(name: string, args: AppImageArgs, opts?: pulumi.ComponentResourceOptions) {
    super("todo-chatbot:image:AppImage", name, {}, opts);
    const inputs = buildInputs(args);
    this.tag = `${args.version}-${contentHash(inputs)}`;
    const { delivery, profile } = args.cluster;
    const registry = delivery === "registry" ? args.images.registry : undefined;
    const repository = registry ? `${registry.server}/${args.image.name}` : args.image.name;
    const imageName = `${repository}:${this.tag}`;
    const inNode =
      profile !== undefined && (delivery === "minikube-daemon" || delivery === "minikube-load")
        ? { profile: profile.name }
        : undefined;

    const presence =
      inNode &&
      new NodeImage(`${name}-presence`, { ...inNode, imageName, load: false }, { parent: this });

    const image = new docker.Image(
      `${name}-image`,
      {
        imageName,
        build: { ...inputs, args: buildArguments(inputs, presence) },
        skipPush: registry === undefined,
        ...(registry && {
          registry: { ...registry, password: args.registryPassword },
        }),
      },
      // The dependency is for destroy: what pods use goes before what removes it from the node.
      { parent: this, ...(presence && { dependsOn: presence }) },
    );

    const loaded =
      inNode && delivery === "minikube-load"
        ? new NodeImage(
            `${name}-loaded`,
            { ...inNode, imageName: image.imageName, load: true },
            { parent: this },
          )
        : undefined;

    this.reference = registry ? image.repoDigest : (loaded ?? image).imageName;
    this.registerOutputs({ reference: this.reference, tag: this.tag });
  }
}

/**
 * docker.Image never looks again at what it built, so a lost image is built again for another argument, which
 * no Dockerfile takes. (An option such as replacementTrigger doesn't do: a refresh that runs the program takes
 * its new value for that of last time.)
 */
function buildArguments(
  { args }: BuildInputs,
  presence: NodeImage | undefined,
): pulumi.Input<BuildInputs["args"]> {
  if (presence === undefined) return args;
  return presence.generation.apply((count) =>
    count > 1 ? { ...args, REBUILD: String(count) } : args,
  );
}

function buildInputs({ image, images }: AppImageArgs): BuildInputs {
  return {
    context: image.context,
    dockerfile: image.dockerfile,
    ...(image.target !== undefined && { target: image.target }),
    ...(images.platform !== undefined && { platform: images.platform }),
    args: {
      ...(images.nodeImage !== undefined && { NODE_IMAGE: images.nodeImage }),
      ...image.args,
    },
  };
}
