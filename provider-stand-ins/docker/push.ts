/** Pushing an image. */
import type { Operation } from "../protocol/provider";
import type { Daemon } from "./daemon";
import type { Image } from "./inputs";
import { withLogin } from "./login";
import { repository } from "./names";

/** Pushes an image; returns `<repository>@sha256:…`, by which the registry knows it. */
export async function pushImage(
  daemon: Daemon,
  image: Image,
  imageId: string,
  { log, signal }: Pick<Operation, "log" | "signal">,
): Promise<string> {
  const { username, password } = image.registry;
  if ((username === "") !== (password === "")) {
    const missing = username === "" ? "username" : "password";
    log.warning(`registry.${missing} is not set: the user's own docker logins are used`);
  }
  log.status("Pushing Image to the registry");
  const pushed = await withLogin(image, true, (env) =>
    daemon.docker(["push", image.name], {
      env,
      signal,
      onLine: (line) => {
        log.status(line.trim());
      },
    }),
  );
  if (pushed.code !== 0) {
    throw new Error(`docker push of ${image.name} failed: ${pushed.stderr.trim()}`);
  }
  const digest = /digest: (sha256:[0-9a-f]{64})/.exec(pushed.stdout)?.[1];
  if (digest !== undefined) return `${repository(image.name)}@${digest}`;
  log.warning("the push reported no digest: taking the one that the engine remembers");
  return rememberedDigest(daemon, image, imageId);
}

async function rememberedDigest(daemon: Daemon, image: Image, imageId: string): Promise<string> {
  const format = "{{json .RepoDigests}}";
  const { stdout } = await daemon.docker(["image", "inspect", "--format", format, imageId]);
  const digests = JSON.parse(stdout.trim() === "" ? "[]" : stdout) as string[] | null;
  const wanted = repository(image.name);
  const found = (digests ?? []).find((digest) => repository(digest) === wanted);
  if (found === undefined) {
    throw new Error(
      `${image.name} was pushed, but neither the registry nor the engine tells its digest`,
    );
  }
  return `${wanted}@${found.slice(found.indexOf("@") + 1)}`;
}
