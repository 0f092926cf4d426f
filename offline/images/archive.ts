import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { runOrThrow } from "../../lib/process/run";
import { fileDigest } from "../core/digest";

/** The fields of an image's configuration that are used here, named as in the OCI image format. */
export interface ImageConfig {
  Env?: readonly string[];
  Entrypoint?: readonly string[];
  Cmd?: readonly string[];
  User?: string;
  WorkingDir?: string;
  StopSignal?: string;
  ExposedPorts?: Readonly<Record<string, object>>;
}

/**
 * The label of every image that is built here. Its value is the key of the image's recipe. An image of
 * the same name without the label comes from another source and is never replaced.
 */
export const IMAGE_LABEL = "todo-chatbot.offline";

/** The label's name in images of earlier versions of this project. */
export const FORMER_IMAGE_LABEL = "todo-chatbot.sandbox";

/**
 * Writes an image in the format of `docker save`, which docker and containerd load. Needs neither.
 *
 * @param file the archive to write.
 * @param layers the archives of the image's layers, the lowest first.
 */
export async function writeImage(
  file: string,
  image: { name: string; key: string; config: ImageConfig },
  layers: readonly string[],
): Promise<void> {
  const digests = await Promise.all(
    layers.map(async (layer) => (await fileDigest(layer)).toString("hex")),
  );
  const text = JSON.stringify({
    architecture: "amd64",
    os: "linux",
    created: "1970-01-01T00:00:00Z",
    config: { ...image.config, Labels: { [IMAGE_LABEL]: image.key } },
    rootfs: { type: "layers", diff_ids: digests.map((digest) => `sha256:${digest}`) },
    history: digests.map(() => ({
      created: "1970-01-01T00:00:00Z",
      created_by: "todo-chatbot/offline",
    })),
  });
  const id = createHash("sha256").update(text).digest("hex");

  mkdirSync(dirname(file), { recursive: true });
  const work = mkdtempSync(`${file}.`);
  try {
    writeFileSync(join(work, `${id}.json`), text);
    const names = digests.map((digest) => `${digest}.tar`);
    for (const [index, name] of names.entries()) {
      // Equal layers are one file.
      if (names.indexOf(name) === index) symlinkSync(layers[index] ?? "", join(work, name));
    }
    writeFileSync(
      join(work, "manifest.json"),
      JSON.stringify([{ Config: `${id}.json`, RepoTags: [image.name], Layers: names }]),
    );
    await runOrThrow("tar", [
      ...["--create", `--file=${file}`, `--directory=${work}`, "--dereference"],
      ...["--mtime=@0", "manifest.json", `${id}.json`, ...new Set(names)],
    ]);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
