import type { OperationContext } from "../protocol/provider";
import type { Daemon } from "./daemon";
import type { Image } from "./image-inputs";
import { repository } from "./image-names";
import { withLogin } from "./registry-login";

/**
 * Pushes an image and returns `<repository>@sha256:…`, its identifier in the registry.
 *
 * @throws Error where the push fails or nothing reports a digest.
 */
export async function pushImage(
  daemon: Daemon,
  image: Image,
  imageId: string,
  { log, signal }: OperationContext,
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
  log.warning("the push reported no digest: using the one that the engine stores");
  return storedDigest(daemon, image, imageId);
}

async function storedDigest(daemon: Daemon, image: Image, imageId: string): Promise<string> {
  const format = "{{json .RepoDigests}}";
  const { stdout } = await daemon.docker(["image", "inspect", "--format", format, imageId]);
  const digests = JSON.parse(stdout.trim() === "" ? "[]" : stdout) as string[] | null;
  const wanted = repository(image.name);
  const found = (digests ?? []).find((digest) => repository(digest) === wanted);
  if (found === undefined) {
    throw new Error(
      `${image.name} was pushed, but neither the registry nor the engine reports its digest`,
    );
  }
  return `${wanted}@${found.slice(found.indexOf("@") + 1)}`;
}
