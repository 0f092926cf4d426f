import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { UserError } from "../errors";

/** How {@link writeWhole} writes. */
export interface WriteOptions {
  /** Permissions of a new file. @default 0o666, less the umask */
  mode?: number;
  /** Fails with the code EEXIST where the file exists, also where it appears in the same moment. */
  exclusive?: boolean;
}

/**
 * Writes a file whole or not at all: the text goes to a temporary file in the same folder, which then takes
 * the file's name. A file that is there keeps its content where that fails.
 *
 * @throws UserError where the disk is full or the user's quota is used up.
 */
export function writeWhole(file: string, text: string, options: WriteOptions = {}): void {
  if (options.exclusive === true) {
    if (existsSync(file)) throw exists(file);
  } else if (existsSync(file) && !statSync(file).isFile()) {
    // A terminal, a pipe or /dev/null has no content to protect, and must not be replaced.
    writeFileSync(file, text);
    return;
  }
  // A link stays one; the file that it names is replaced.
  const target = existsSync(file) ? realpathSync(file) : file;
  const mode = options.mode ?? (existsSync(target) ? statSync(target).mode & 0o777 : 0o666);
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.part`);
  try {
    writeSynced(temporary, text, mode);
    if (options.exclusive === true) giveNewName(temporary, target);
    else renameSync(temporary, target);
  } catch (error) {
    throw explained(error, file);
  } finally {
    rmSync(temporary, { force: true });
  }
}

function writeSynced(file: string, text: string, mode: number): void {
  rmSync(file, { force: true });
  const handle = openSync(file, "wx", mode);
  try {
    writeFileSync(handle, text);
    // Without it a crash can leave the name of the new file with no content.
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Gives a file its name unless that is taken. A rename would replace the other file. */
function giveNewName(temporary: string, file: string): void {
  try {
    linkSync(temporary, file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" || existsSync(file)) throw exists(file);
    // A file system without hard links.
    renameSync(temporary, file);
  }
}

function exists(file: string): Error {
  return Object.assign(new Error(`${file} exists.`), { code: "EEXIST" });
}

function explained(error: unknown, file: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== "ENOSPC" && code !== "EDQUOT") return error;
  const reason = code === "ENOSPC" ? "its disk is full" : "your disk quota is used up";
  return new UserError(
    `${file} couldn't be written: ${reason}. What was there before is unchanged.`,
    "Free some space, then run this again.",
    { cause: error },
  );
}
