import { existsSync, readFileSync } from "node:fs";
import { contextFiles } from "../../lib/docker-context";
import { hashFiles, withLineFeeds } from "../../lib/hash-files";

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
 * every machine and with the line endings of every check-out, without a docker daemon.
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
    withLineFeeds(readFileSync(inputs.dockerfile)).toString("utf8"),
    inputs.target ?? "",
    inputs.platform ?? "",
    ...args,
  ]);
}
