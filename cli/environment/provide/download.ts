import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { chmod, mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { UserError } from "../../../lib/errors";
import { lastLines, run } from "../../../lib/process/run";
import type { Release } from "./releases";

/**
 * Downloads a release, verifies its checksum and installs the program as `file`. The last step is a
 * rename, so that the file is complete or absent.
 *
 * @throws UserError where the download fails or the checksum differs.
 */
export async function download(release: Release, file: string): Promise<void> {
  const folder = `${file}.${process.pid}.part`;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  try {
    const expected = checksumIn(await text(release.checksumUrl), release.checksumUrl);
    const body = join(folder, release.url.slice(release.url.lastIndexOf("/") + 1));
    await pipeline(
      Readable.fromWeb((await get(release.url)) as import("node:stream/web").ReadableStream),
      createWriteStream(body),
    );
    const found = await sha256(body);
    if (found !== expected) {
      throw new UserError(
        `${release.url} has SHA-256 ${found}, but ${release.checksumUrl} says ${expected}.`,
        "Run this again; if it persists, something on the network changes downloads.",
      );
    }
    const program =
      release.inArchive === undefined ? body : await unpack(body, folder, release.inArchive);
    await chmod(program, 0o755);
    await mkdir(dirname(file), { recursive: true });
    await rename(program, file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Returns the checksum in a checksum file: its first word, alone or in front of the file's name. */
export function checksumIn(contents: string, url: string): string {
  const word = contents.trim().split(/\s+/)[0] ?? "";
  if (/^[0-9a-f]{64}$/i.test(word)) return word.toLowerCase();
  throw new UserError(
    `${url} has no SHA-256, but: ${contents.slice(0, 80)}`,
    "Another server answers in its place: check the network (a sign-in page, a filter), then run this again.",
  );
}

/** Returns the SHA-256 of a file, in hex. */
export async function sha256(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

async function get(url: string): Promise<ReadableStream> {
  let response: Response;
  try {
    response = await fetch(url);
  } catch (error) {
    const reason = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new UserError(
      `${url} couldn't be downloaded: ${String(reason)}`,
      "Run this again; with TODO_CHATBOT_OFFLINE=1 offline mode builds what is missing instead.",
    );
  }
  if (!response.ok || response.body === null) {
    throw new UserError(
      `${url} answered ${response.status} ${response.statusText}.`,
      "Run this again later, or install the tool yourself; what is on PATH is used.",
    );
  }
  return response.body as ReadableStream;
}

async function text(url: string): Promise<string> {
  return new Response(await get(url)).text();
}

/** Takes an archive apart with the system's tar, which on Windows reads zip files too. */
async function unpack(archive: string, folder: string, program: string): Promise<string> {
  const tar =
    process.platform === "win32"
      ? join(process.env.SystemRoot ?? "C:\\Windows", "System32", "tar.exe")
      : "tar";
  const result = await run(tar, ["-xf", archive, "-C", folder, program]);
  if (result.code !== 0) {
    throw new UserError(
      `${archive} couldn't be unpacked: ${lastLines(result)}`,
      "Make sure that `tar` is installed, and run this again.",
    );
  }
  return join(folder, program);
}
