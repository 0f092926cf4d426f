import { existsSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import type { EngineLog } from "../protocol/engine-log";
import { markSecrets, toSecret } from "../protocol/mark-secrets";
import type { CheckRequest, CheckResult, Plugin } from "../protocol/provider";
import { refuseOthers } from "../protocol/refusal";
import type { Properties } from "../protocol/values";
import { isObject, isUnknown, reveal, revealAll } from "../protocol/values";
import { contextDigest } from "./context-digest";
import { knowsFiles, readImage } from "./image-inputs";
import { isQualified } from "./image-names";

const coveredOfImage = ["build", "imageName", "skipPush", "registry", "buildOnPreview"];
const coveredOfBuild = [
  "context",
  "dockerfile",
  "target",
  "args",
  "platform",
  "builderVersion",
  "cacheFrom",
  "contextDigest",
];
const coveredOfRegistry = ["server", "username", "password"];

/** Docker's names of architectures that node calls differently. */
const architectures: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386" };

/**
 * Checks the inputs of an image: fills in defaults and adds the digest of the build's files, so that an
 * edit of a source file shows as a change.
 */
export function checkImage(plugin: Plugin, { news, log }: CheckRequest): CheckResult {
  const known = revealAll(news);
  const [build, registry] = [known.build, known.registry];
  const failures = [
    ...refuseOthers(plugin, "Image", known, coveredOfImage),
    ...refuseOthers(plugin, "Image", isObject(build) ? build : {}, coveredOfBuild, "build."),
    ...refuseOthers(
      plugin,
      "Image",
      isObject(registry) ? registry : {},
      coveredOfRegistry,
      "registry.",
    ),
  ];
  if (failures.length > 0) return { inputs: news, failures };
  const image = readImage(known);
  const inputs: Properties = {
    ...known,
    buildOnPreview: known.buildOnPreview ?? false,
    skipPush: known.skipPush ?? false,
  };
  if (!isUnknown(build)) inputs.build = completeBuild(isObject(build) ? build : {}, log);
  const needsFullName = image.build.cacheFrom.length > 0 || !image.skipPush;
  if (
    needsFullName &&
    image.registry.server === "" &&
    image.name !== "" &&
    !isQualified(image.name)
  ) {
    const reason = `found "${image.name}", but an image that is pushed needs the registry in its name, such as docker.io/<user>/<image>:<tag>; or set skipPush: true`;
    failures.push({ property: "imageName", reason });
  }
  return { inputs: hidePassword(markSecrets(inputs, news)), failures };
}

function completeBuild(build: Properties, log: EngineLog): Properties {
  const { context, dockerfile } = readImage({ build }).build;
  const completed: Properties = { ...build };
  if (!isUnknown(build.context)) completed.context = context;
  if (knowsFiles(build)) {
    requireFile(dockerfile, context);
    completed.dockerfile = dockerfile;
    completed.contextDigest = contextDigest(context, dockerfile);
  }
  if ((build.platform ?? null) === null) {
    // The official plugin's words, at each preview and update.
    const platform = `linux/${architectures[process.arch] ?? process.arch}`;
    log.info(
      `Building your image for ${platform} architecture.\n` +
        "To ensure you are building for the correct platform, consider explicitly setting the `platform` field on ImageBuildOptions.",
    );
    completed.platform = platform;
  }
  return completed;
}

function requireFile(dockerfile: string, context: string): void {
  if (existsSync(dockerfile)) return;
  const inside = join(context, dockerfile);
  const hint =
    !isAbsolute(dockerfile) && existsSync(inside)
      ? `: the path counts from the program's folder, so set dockerfile to "${inside}"`
      : `, counted from ${process.cwd()}: correct build.dockerfile or build.context`;
  throw new Error(`found no Dockerfile at "${dockerfile}"${hint}`);
}

function hidePassword(inputs: Properties): Properties {
  const registry = inputs.registry;
  if (!isObject(registry) || (reveal(registry.password ?? null) ?? null) === null) return inputs;
  return { ...inputs, registry: { ...registry, password: toSecret(registry.password ?? null) } };
}
