import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import dockerignore from "@balena/dockerignore";
import { hashFiles, listFiles } from "../../lib/hash-files";

/** What an image is built from. Paths are relative to the working directory, the project's folder. */
export interface BuildInputs {
  /** Folder of the build context. */
  readonly context: string;

  /** The Dockerfile. */
  readonly dockerfile: string;

  /**
   * Stage of the Dockerfile.
   *
   * @default the last one
   */
  readonly target?: string;

  /** Build arguments. They are public, never secrets. */
  readonly args: Readonly<Record<string, string>>;

  /**
   * `os/arch` of the image.
   *
   * @default the builder's
   */
  readonly platform?: string;
}

/**
 * Hashes everything that an image is built from: the context without what .dockerignore excludes, the
 * Dockerfile, the target, the build arguments and the platform. The same sources give the same hash on
 * every machine, without a docker daemon.
 *
 * @returns 12 hexadecimal digits.
 * @throws Error where the context or the Dockerfile doesn't exist.
 */
export function contentHash(inputs: BuildInputs): string {
  for (const path of [inputs.context, inputs.dockerfile]) {
    if (!existsSync(path)) {
      throw new Error(
        `Found nothing at ${path}, which an image is built from: ` +
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
 * Lists the files and links of a build context that `<Dockerfile>.dockerignore` or, without one, the
 * context's own `.dockerignore` doesn't exclude, sorted.
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
  // An ignored folder may still contain files that a `!` pattern includes again.
  const enterAll = patterns.split("\n").some((line) => line.startsWith("!"));
  return listFiles(context, (path, isFolder) => filter.ignores(path) && !(isFolder && enterAll));
}
