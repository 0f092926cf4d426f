import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import dockerignore from "@balena/dockerignore";
import { hashFiles, listFiles } from "../../lib/hash-files";

/** What an image is built from. Paths are relative to the working directory, the project's folder. */
export interface BuildInputs {
  context: string;
  dockerfile: string;
  target?: string;
  args: Readonly<Record<string, string>>;
  platform?: string;
}

/**
 * Hash of all that an image is built from: the context as its .dockerignore leaves it, the Dockerfile,
 * the target, the build arguments and the platform. The same sources give the same hash on every
 * machine, without a docker daemon.
 *
 * @returns 12 hexadecimal digits.
 * @throws Error where the context or the Dockerfile isn't there.
 */
export function contentHash(inputs: BuildInputs): string {
  for (const path of [inputs.context, inputs.dockerfile]) {
    if (!existsSync(path)) {
      throw new Error(
        `Nothing at ${path}, which an image is to be built from: ` +
          "check image.context and image.dockerfile (relative to the project's folder).",
      );
    }
  }
  const args = Object.keys(inputs.args)
    .sort()
    .map((key) => `${key}=${inputs.args[key] ?? ""}`);
  return hashFiles(inputs.context, contextFiles(inputs), [
    readFileSync(inputs.dockerfile, "utf8"),
    inputs.target ?? "",
    inputs.platform ?? "",
    ...args,
  ]);
}

/**
 * Files and links of a build context that `<Dockerfile>.dockerignore` or, without one, the context's own
 * `.dockerignore` lets through, sorted.
 */
export function contextFiles({
  context,
  dockerfile,
}: Pick<BuildInputs, "context" | "dockerfile">): string[] {
  const ignoreFile = [`${dockerfile}.dockerignore`, join(context, ".dockerignore")].find(
    existsSync,
  );
  const patterns = ignoreFile === undefined ? "" : readFileSync(ignoreFile, "utf8");
  const filter = dockerignore().add(patterns);
  // An ignored folder may still hold files that a `!` pattern brings back.
  const enterAll = patterns.split("\n").some((line) => line.startsWith("!"));
  return listFiles(context, (path, isFolder) => filter.ignores(path) && !(isFolder && enterAll));
}
