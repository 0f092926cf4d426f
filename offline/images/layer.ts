import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { runOrThrow } from "../../lib/process/run";

/** Packs a folder as a layer of an image. The same contents give the same bytes. */
export async function packLayer(directory: string, file: string): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  await runOrThrow("tar", [
    ...["--create", `--file=${file}`, `--directory=${directory}`],
    ...["--sort=name", "--mtime=@0", "--numeric-owner", "--xattrs", "--xattrs-include=*"],
    // Extended attributes need a format that also holds times and a process number.
    "--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime",
    ".",
  ]);
}
