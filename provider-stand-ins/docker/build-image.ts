import { isHelperInstalled, readCredentialHelpers } from "../../lib/docker/credential-helpers";
import type { OperationContext } from "../protocol/provider";
import { runProgram } from "../protocol/run-program";
import type { Daemon } from "./daemon";
import type { Image } from "./image-inputs";
import { withLogin } from "./registry-login";

/** Variables that the docker command itself reads: as build arguments they go on its command line. */
const readByDocker = /^(PATH|HOME|TMPDIR|(DOCKER|BUILDKIT|BUILDX)_.*|.*_proxy)$/i;

/**
 * Builds an image and returns its id in the docker engine.
 *
 * @throws Error with the reason where it fails; the build's own lines are in the log only.
 */
export async function buildImage(
  daemon: Daemon,
  image: Image,
  { log, signal }: OperationContext,
): Promise<string> {
  const { build } = image;
  refuseMissingHelper();
  const { program, builder } = await daemon.builder();
  const classic = build.classic || builder === "classic";
  if (classic && !build.classic) {
    log.warning(
      "found no docker command that can do BuildKit: the image is built by the classic builder (install docker's buildx plugin for BuildKit)",
    );
  }
  log.status("Starting Docker build");
  const lines: string[] = [];
  const { code } = await withLogin(image, build.cacheFrom.length > 0, async (login) => {
    await pullCaches(daemon, image, login, { log, signal });
    return runProgram(program, buildArguments(image, builder === "buildx" && !classic), {
      env: {
        ...daemon.env(),
        ...login,
        ...argumentsInEnvironment(image),
        DOCKER_BUILDKIT: classic ? "0" : "1",
        BUILDKIT_PROGRESS: "plain",
      },
      signal,
      onLine: (line) => {
        // BuildKit prints the digest of each step on a separate line.
        if (line.trim() === "" || /^#\d+ sha256:[0-9a-f]+$/.test(line)) return;
        lines.push(line);
        log.status(line.trim());
      },
    });
  });
  if (code !== 0) {
    throw new Error(`error reading build output: ${reasonOf(lines)}`);
  }
  const format = "{{.Id}}";
  const found = await daemon.docker(["image", "inspect", "--format", format, image.name], {
    signal,
  });
  if (found.code !== 0) {
    throw new Error(
      `the build of ${image.name} succeeded, but the engine has no such image: ${found.stderr.trim()}`,
    );
  }
  return found.stdout.trim();
}

/** Fails as the official plugin does, which asks for all credentials before each build. */
function refuseMissingHelper(): void {
  const { store } = readCredentialHelpers();
  if (store === undefined || isHelperInstalled(store)) return;
  throw new Error(
    `error listing credentials - err: exec: "docker-credential-${store}": executable file not found in $PATH, out: \`\``,
  );
}

function buildArguments({ name, build }: Image, load: boolean): string[] {
  return [
    "build",
    ...(load ? ["--load"] : []),
    `--file=${build.dockerfile}`,
    `--tag=${name}`,
    ...(build.platform === "" ? [] : [`--platform=${build.platform}`]),
    ...(build.target === "" ? [] : [`--target=${build.target}`]),
    ...build.cacheFrom.map((cache) => `--cache-from=${cache}`),
    // Values are passed in the environment where possible, so that the process list doesn't show them.
    ...Object.entries(build.args).map(
      ([key, value]) => `--build-arg=${readByDocker.test(key) ? `${key}=${value}` : key}`,
    ),
    build.context,
  ];
}

/** Returns the engine's last error without the prefixes of the docker command. */
function reasonOf(lines: readonly string[]): string {
  const last = lines.findLast((line) => /^ERROR: |failed to solve: |^Error /.test(line));
  return (last ?? lines.at(-1) ?? "no output")
    .replace(/^ERROR: /, "")
    .replace(/^(?:failed to build: )?failed to solve: /, "");
}

function argumentsInEnvironment({ build }: Image): Record<string, string> {
  return Object.fromEntries(Object.entries(build.args).filter(([key]) => !readByDocker.test(key)));
}

/** Pulls the images of `cacheFrom`. A missing one only makes the build slower. */
async function pullCaches(
  daemon: Daemon,
  { build }: Image,
  login: Record<string, string>,
  { log, signal }: OperationContext,
): Promise<void> {
  for (const cache of build.cacheFrom) {
    log.status(`Pulling cached image ${cache}`);
    const { code, stderr } = await daemon.docker(["pull", cache], { env: login, signal });
    if (code !== 0) log.info(`cacheFrom image ${cache} is not available: ${stderr.trim()}`);
  }
}
