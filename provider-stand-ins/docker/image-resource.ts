import { relative } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { PropertyDiffs } from "../protocol/property-diff";
import { changedKeys } from "../protocol/property-diff";
import type {
  DiffRequest,
  DiffResult,
  OperationContext,
  Plugin,
  ResourceKind,
} from "../protocol/provider";
import type { Properties, Value } from "../protocol/values";
import { hasUnknown, isObject, reveal, revealAll, Secret } from "../protocol/values";
import { buildImage } from "./build-image";
import { checkImage } from "./check-image";
import type { Daemon } from "./daemon";
import { readImage } from "./image-inputs";
import { pushImage } from "./push-image";

/** Returns the resource `docker.Image`: built on create and update, never removed. */
export function imageResource(plugin: Plugin, daemon: () => Daemon): ResourceKind {
  return {
    check: (request) => checkImage(plugin, request),
    diff: diffImage,
    create: async ({ inputs, preview, ...context }) => {
      if (preview && !buildsOnPreview(inputs, context)) return { id: "", state: inputs };
      const state = await buildAndPush(daemon(), inputs, preview, context);
      return { id: preview ? "" : readImage(inputs).name, state };
    },
    update: async ({ news, preview, ...context }) => {
      if (preview && !buildsOnPreview(news, context)) return news;
      return buildAndPush(daemon(), news, preview, context);
    },
    // As the official plugin: a refresh doesn't look for the image, and a delete doesn't remove it.
    read: ({ id, inputs, state }) => Promise.resolve({ id, inputs, state }),
    delete: () => Promise.resolve(),
  };
}

/** Compares images by top-level property: a change anywhere in `build` is a change of `build`. */
function diffImage({ oldInputs, news, ignoreChanges }: DiffRequest): DiffResult {
  const [before, after] = [revealAll(oldInputs), revealAll(news)];
  const changes: PropertyDiffs = {};
  for (const key of changedKeys(before, after)) {
    const [older, newer] = [before[key] ?? null, after[key] ?? null];
    if (ignoreChanges.includes(key)) continue;
    if (key === "registry" && onlyLoginDiffers(older, newer)) continue;
    const kind = older === null ? "add" : newer === null ? "delete" : "update";
    changes[key] = { kind, replace: false };
  }
  return { changes };
}

/** User names and passwords change often, and the image doesn't depend on them. */
function onlyLoginDiffers(older: Value, newer: Value): boolean {
  return (
    isObject(older) &&
    isObject(newer) &&
    isDeepStrictEqual(older.server ?? null, newer.server ?? null)
  );
}

function buildsOnPreview(inputs: Properties, { log }: OperationContext): boolean {
  if (reveal(inputs.buildOnPreview ?? false) !== true) return false;
  const missing = hasUnknown(inputs.imageName) || hasUnknown(inputs.build);
  if (missing) {
    log.warning("the image is not built in this preview: not all of its inputs are known yet");
  }
  return !missing;
}

async function buildAndPush(
  daemon: Daemon,
  inputs: Properties,
  preview: boolean,
  context: OperationContext,
): Promise<Properties> {
  const image = readImage(inputs);
  const imageId = await buildImage(daemon, image, context);
  const repoDigest =
    image.skipPush || preview ? imageId : await pushImage(daemon, image, imageId, context);
  return {
    dockerfile: relative(image.build.context, image.build.dockerfile),
    context: image.build.context,
    baseImageName: image.name,
    registryServer: image.registry.server,
    imageName: image.name,
    platform: image.build.platform,
    repoDigest,
    __inputs: new Secret(inputs),
  };
}
