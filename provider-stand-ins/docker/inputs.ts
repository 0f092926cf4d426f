/** The inputs of an image, with everything that the program leaves to defaults. */
import { posix } from "node:path";
import { isObject, isUnknown, reveal } from "../protocol/values";
import type { Properties, Value } from "../protocol/values";

/** How an image is built. */
export interface Build {
  context: string;
  dockerfile: string;
  args: Record<string, string>;
  target: string;
  platform: string;
  classic: boolean;
  cacheFrom: string[];
}

/** Where an image is pushed to, and as whom. */
export interface Registry {
  server: string;
  username: string;
  password: string;
}

/** An image, all known. */
export interface Image {
  name: string;
  build: Build;
  registry: Registry;
  skipPush: boolean;
}

const BUILDERS = ["BuilderBuildKit", "BuilderV1"];

/** Reads the inputs; values that are not known yet read as empty. */
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
  if (!BUILDERS.includes(builder)) {
    throw new Error(`found build.builderVersion "${builder}", expected ${BUILDERS.join(" or ")}`);
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

/** Whether the build's files are known: without them there is nothing to check or to hash. */
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
