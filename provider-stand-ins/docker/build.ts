/** Building an image with the docker command. */
import type { Operation } from "../protocol/provider";
import { run } from "../protocol/run";
import type { Daemon } from "./daemon";
import type { Image } from "./inputs";
import { withLogin } from "./login";

const LAST_LINES = 25;
/** Names that mean something to the docker command itself: as build arguments they go on its command line. */
const TAKEN = /^(PATH|HOME|TMPDIR|(DOCKER|BUILDKIT|BUILDX)_.*|.*_proxy)$/i;

/** Builds an image; returns its id in the engine. */
export async function buildImage(
  daemon: Daemon,
  image: Image,
  { log, signal }: Pick<Operation, "log" | "signal">,
): Promise<string> {
  const { build } = image;
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
    return run(program, buildArguments(image, builder === "buildx" && !classic), {
      env: {
        ...daemon.env(),
        ...login,
        ...passedArgs(image),
        DOCKER_BUILDKIT: classic ? "0" : "1",
        BUILDKIT_PROGRESS: "plain",
      },
      signal,
      onLine: (line) => {
        // BuildKit names each step's digest on a line of its own.
        if (line.trim() === "" || /^#\d+ sha256:[0-9a-f]+$/.test(line)) return;
        lines.push(line);
        log.status(line.trim());
      },
    });
  });
  if (code !== 0) {
    const end = lines.slice(-LAST_LINES).join("\n");
    throw new Error(
      `docker build of ${image.name} failed with code ${code}; its last lines:\n${end}`,
    );
  }
  const format = "{{.Id}}";
  const found = await daemon.docker(["image", "inspect", "--format", format, image.name], {
    signal,
  });
  if (found.code !== 0) {
    throw new Error(
      `the build of ${image.name} ended well, but the engine has no such image: ${found.stderr.trim()}`,
    );
  }
  return found.stdout.trim();
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
    // Values go through the environment where they can, so that they don't show in the process list.
    ...Object.entries(build.args).map(
      ([key, value]) => `--build-arg=${TAKEN.test(key) ? `${key}=${value}` : key}`,
    ),
    build.context,
  ];
}

function passedArgs({ build }: Image): Record<string, string> {
  return Object.fromEntries(Object.entries(build.args).filter(([key]) => !TAKEN.test(key)));
}

/** An image to take layers from is a help, not a need. */
async function pullCaches(
  daemon: Daemon,
  { build }: Image,
  login: Record<string, string>,
  { log, signal }: Pick<Operation, "log" | "signal">,
): Promise<void> {
  for (const cache of build.cacheFrom) {
    log.status(`Pulling cached image ${cache}`);
    const { code, stderr } = await daemon.docker(["pull", cache], { env: login, signal });
    if (code !== 0) log.info(`cacheFrom image ${cache} is not available: ${stderr.trim()}`);
  }
}
