import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import type { Delivery, DockerEndpoint } from "../cluster";
import { type BuildInputs, contentHash } from "./content-hash";
import { NodeImage } from "./node-image";

/** A registry that images are pushed to. */
export interface RegistryArgs {
  /** `host[:port][/path]` in front of the image's name. */
  readonly server: string;

  /** User who pushes; empty: no authentication. */
  readonly username: pulumi.Input<string>;

  /** Password of the user. */
  readonly password: pulumi.Input<string>;
}

/** Arguments of {@link AppImage}. What its tag is made of has to be known at construction. */
export interface AppImageArgs extends Omit<BuildInputs, "args"> {
  /** Name of the image, without registry and tag. */
  readonly imageName: string;

  /** First part of the tag; the content hash is the second. */
  readonly version: string;

  /**
   * Build arguments. They are public, never secrets.
   *
   * @default none
   */
  readonly buildArgs?: Readonly<Record<string, string>>;

  /**
   * `os/arch` of the engine that builds: the image's where `platform` isn't set. It is no part of the tag, which
   * is the same on every machine.
   *
   * @default the docker plugin's, which says so at each preview
   */
  readonly builderPlatform?: string;

  /** How the image gets into the cluster. */
  readonly delivery: Delivery;

  /** Minikube profile whose node receives the image; required by the deliveries `minikube-…`. */
  readonly minikubeProfile?: string;

  /**
   * Path of the kubeconfig with the profile's context, for the deliveries `minikube-…`.
   *
   * @default the one that kubectl finds
   */
  readonly kubeconfig?: string;

  /**
   * The docker daemon that builds the image, which Minikube takes it from; for the delivery `minikube-load`.
   *
   * @default this machine's, at its usual address
   */
  readonly builder?: DockerEndpoint;

  /** Registry that the image is pushed to; required by the delivery `registry`, and only allowed there. */
  readonly registry?: RegistryArgs;
}

/**
 * An image that is built from source and delivered to the cluster. Its tag, `<version>-<content hash>`, is
 * known at preview: an edit of the source shows there, and rolls the pods.
 */
export class AppImage extends pulumi.ComponentResource {
  /** Reference for pods: `name:tag`, or `name@sha256:…` where the image was pushed to a registry. */
  readonly reference: pulumi.Output<string>;

  /** The tag, `<version>-<content hash>`. */
  readonly tag: string;

  /**
   * The image in Minikube's node, with the deliveries `minikube-…`. What uses the image depends on it, so that
   * destroy removes the image last.
   */
  readonly presence: pulumi.Resource | undefined;

  constructor(name: string, args: AppImageArgs, opts?: pulumi.ComponentResourceOptions) {
    super("todo-chatbot:image:AppImage", name, {}, opts);
    assertPossible(name, args);
    const { delivery, minikubeProfile: profile, registry, builder, builderPlatform } = args;
    const kubeconfig = args.kubeconfig !== undefined && { kubeconfig: args.kubeconfig };
    const inputs = buildInputs(args);
    this.tag = `${args.version}-${contentHash(inputs)}`;
    const repository = registry ? `${registry.server}/${args.imageName}` : args.imageName;
    const imageName = `${repository}:${this.tag}`;

    const presence =
      profile === undefined
        ? undefined
        : new NodeImage(
            `${name}-presence`,
            { profile, imageName, load: false, ...kubeconfig },
            { parent: this },
          );
    this.presence = presence;

    const image = new docker.Image(
      `${name}-image`,
      {
        imageName,
        build: {
          ...(builderPlatform !== undefined && { platform: builderPlatform }),
          ...inputs,
          args: buildArguments(inputs, presence),
        },
        skipPush: registry === undefined,
        ...(registry && { registry }),
      },
      // For destroy: pods are deleted first, then the image, then it is removed from the node.
      { parent: this, ...(presence && { dependsOn: presence }) },
    );

    const loaded =
      profile !== undefined && delivery === "minikube-load"
        ? new NodeImage(
            `${name}-loaded`,
            {
              ...{ profile, imageName: image.imageName, load: true, ...kubeconfig },
              ...(builder && { dockerHost: builder.host }),
              ...(builder?.certPath !== undefined && { dockerCertPath: builder.certPath }),
            },
            { parent: this },
          )
        : undefined;

    this.reference = registry ? image.repoDigest : (loaded ?? image).imageName;
    this.registerOutputs({ reference: this.reference, tag: this.tag });
  }
}

/**
 * Adds an argument that no Dockerfile uses where the node has lost the image: docker.Image never checks
 * what it built, and builds again only for other inputs. (replacementTrigger doesn't help: a refresh that
 * runs the program records its new value as the last one.)
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

function buildInputs({
  context,
  dockerfile,
  target,
  platform,
  buildArgs = {},
}: AppImageArgs): BuildInputs {
  return {
    context,
    dockerfile,
    ...(target !== undefined && { target }),
    ...(platform !== undefined && { platform }),
    args: buildArgs,
  };
}

/** Throws where the arguments contradict each other, in a sentence that names the fields. */
function assertPossible(name: string, { delivery, minikubeProfile, registry }: AppImageArgs): void {
  const component = `AppImage "${name}"`;
  const intoNode = delivery === "minikube-daemon" || delivery === "minikube-load";
  if (intoNode !== (minikubeProfile !== undefined)) {
    throw new Error(
      `${component}: delivery is ${delivery}, and minikubeProfile is ${minikubeProfile ?? "not set"}; ` +
        "expected minikubeProfile with the deliveries minikube-daemon and minikube-load, and only there.",
    );
  }
  if ((delivery === "registry") !== (registry !== undefined)) {
    throw new Error(
      `${component}: delivery is ${delivery}, and registry is ${registry?.server ?? "not set"}; ` +
        "expected registry with the delivery registry, and only there.",
    );
  }
}
