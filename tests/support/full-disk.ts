import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { Folder } from "./folder";

/** A small file system in memory. */
export interface Disk {
  /** The folder where it is mounted. */
  path: string;
  /** Uses up all of its space. */
  fill(): void;
}

/** Runs a test on a file system of its own. The test is skipped where none can be mounted. */
export async function onFullDisk(
  test: Mocha.Context,
  run: (disk: Disk) => void | Promise<void>,
): Promise<void> {
  const folder = new Folder();
  const mount = spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder.path]);
  try {
    if (mount.status !== 0) {
      console.log("      skipped: no file system can be mounted here");
      test.skip();
    }
    await run({
      path: folder.path,
      fill() {
        try {
          writeFileSync(`${folder.path}/filling`, Buffer.alloc(1024 * 1024));
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
        }
      },
    });
  } finally {
    if (mount.status === 0) execFileSync("umount", [folder.path]);
    folder.remove();
  }
}
