/** The resource Image: built on create and update, and never taken away again. */
import { isDeepStrictEqual } from "node:util";
import { relative } from "node:path";
import type { PropertyDiff } from "../protocol/diff";
import type { DiffRequest, DiffResult, Operation, ResourceKind } from "../protocol/provider";
import { hasUnknown, isObject, reveal, revealAll, Secret } from "../protocol/values";
import type { Properties, Value } from "../protocol/values";
import { buildImage } from "./build";
import { checkImage } from "./check";
import type { Daemon } from "./daemon";
import { readImage } from "./inputs";
import { pushImage } from "./push";

/** The operations on images. */
export function imageKind(
  plugin: { name: string; version: string },
  daemon: () => Daemon,
): ResourceKind {
  return {
    check: (request) => checkImage(plugin, request),
    diff: diffImage,
    create: async ({ inputs, preview, ...about }) => {
      if (preview && !buildsOnPreview(inputs, about)) return { id: "", state: inputs };
      const state = await make(daemon(), inputs, preview, about);
      return { id: preview ? "" : readImage(inputs).name, state };
    },
    update: async ({ news, preview, ...about }) => {
      if (preview && !buildsOnPreview(news, about)) return news;
      return make(daemon(), news, preview, about);
    },
    // As with the official plugin: nobody looks whether the image is still there, and nobody removes it.
    read: ({ id, inputs, state }) => Promise.resolve({ id, inputs, state }),
    delete: () => Promise.resolve(),
  };
}

/** Differences by property of the image: a change anywhere in `build` is a change of `build`. */
function diffImage({ oldInputs, news, ignoreChanges }: DiffRequest): DiffResult {
  const [before, after] = [revealAll(oldInputs), revealAll(news)];
  const changes: Record<string, PropertyDiff> = {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [older, newer] = [before[key] ?? null, after[key] ?? null];
    if (ignoreChanges.includes(key) || isDeepStrictEqual(older, newer)) continue;
    if (key === "registry" && onlyLoginDiffers(older, newer)) continue;
    const kind = older === null ? "add" : newer === null ? "delete" : "update";
    changes[key] = { kind, replace: false };
  }
  return { changes };
}

/** User names and passwords change often, and no image changes with them. */
function onlyLoginDiffers(older: Value, newer: Value): boolean {
  return (
    isObject(older) &&
    isObject(newer) &&
    isDeepStrictEqual(older.server ?? null, newer.server ?? null)
  );
}

function buildsOnPreview(inputs: Properties, { log }: Pick<Operation, "log">): boolean {
  if (reveal(inputs.buildOnPreview ?? false) !== true) return false;
  const missing = hasUnknown(inputs.imageName) || hasUnknown(inputs.build);
  if (missing) {
    log.warning("the image is not built in this preview: not all of its inputs are known yet");
  }
  return !missing;
}

async function make(
  daemon: Daemon,
  inputs: Properties,
  preview: boolean,
  about: Pick<Operation, "log" | "signal">,
): Promise<Properties> {
  const image = readImage(inputs);
  const imageId = await buildImage(daemon, image, about);
  const repoDigest =
    image.skipPush || preview ? imageId : await pushImage(daemon, image, imageId, about);
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
