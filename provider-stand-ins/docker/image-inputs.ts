import { posix } from "node:path";
import type { Properties, Value } from "../protocol/values";
import { isObject, isUnknown, reveal } from "../protocol/values";

/** How an image is built. */
export interface Build {
  /** Folder of the build context. */
  context: string;
  /** Path of the Dockerfile, from the program's folder. */
  dockerfile: string;
  args: Record<string, string>;
  target: string;
  platform: string;
  /** Whether the program asks for the classic builder. */
  classic: boolean;
  /** Images whose layers the build may reuse. */
  cacheFrom: string[];
}

/** The registry that an image is pushed to, and the login; empty where the program leaves them out. */
export interface Registry {
  server: string;
  username: string;
  password: string;
}

/** The inputs of an image, with defaults for what the program leaves out. */
export interface Image {
  name: string;
  build: Build;
  registry: Registry;
  skipPush: boolean;
}

const builders = ["BuilderBuildKit", "BuilderV1"];

/** Reads the inputs of an image; unknown values read as empty. */
export function readImage(inputs: Properties): Image {
  const registry = objectAt(inputs.registry);
  return {
    name: textAt(inputs.imageName),
    build: readBuild(inputs.build),
    registry: {
      server: textAt(registry.server),
      username: textAt(registry.username),
      password: textAt(registry.password),
    },
    skipPush: reveal(inputs.skipPush ?? false) === true,
  };
}

function readBuild(value: Value | undefined): Build {
  const build = objectAt(value);
  const context = textAt(build.context) || ".";
  const builder = textAt(build.builderVersion) || "BuilderBuildKit";
  if (!builders.includes(builder)) {
    throw new Error(`found build.builderVersion "${builder}", expected ${builders.join(" or ")}`);
  }
  const args = Object.entries(objectAt(build.args));
  const images = objectAt(build.cacheFrom).images;
  return {
    context,
    dockerfile: textAt(build.dockerfile) || posix.join(context, "Dockerfile"),
    args: Object.fromEntries(args.map(([key, arg]) => [key, textAt(arg)])),
    target: textAt(build.target),
    platform: textAt(build.platform),
    classic: builder === "BuilderV1",
    cacheFrom: Array.isArray(images) ? images.map(textAt).filter((image) => image !== "") : [],
  };
}

/** Whether the paths of the build's files are known: otherwise there is nothing to check or to hash. */
export function knowsFiles(value: Value | undefined): boolean {
  const build = reveal(value ?? null);
  if (isUnknown(build)) return false;
  return isObject(build) ? !isUnknown(build.dockerfile) && !isUnknown(build.context) : true;
}

function objectAt(value: Value | undefined): Properties {
  const found = reveal(value ?? null);
  return isObject(found) ? found : {};
}

function textAt(value: Value | undefined): string {
  const found = reveal(value ?? null);
  return typeof found === "string" ? found : "";
}
