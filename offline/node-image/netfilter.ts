import { cpSync, mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { runOrThrow } from "../../lib/process/run";
import { packLayer } from "../images/layer";

const programs = ["xtables-nft-multi", "conntrack", "ipset"].map((name) => `/usr/sbin/${name}`);
const EXTENSIONS = "usr/lib/x86_64-linux-gnu/xtables";
/** The names that select what the multi-call binary of iptables does. */
const links = ["iptables", "ip6tables"].flatMap((name) =>
  ["", "-save", "-restore"].map((suffix) => `${name}${suffix}`),
);

/**
 * Packs iptables, ipset and conntrack, with the libraries that they load, as a layer for images without
 * an operating system: those of kube-proxy and kube-router.
 *
 * @param root the root file system that has the programs.
 * @param file the archive to write.
 */
export async function packNetfilter(root: string, file: string): Promise<void> {
  const plugins = readdirSync(join(root, EXTENSIONS)).map((name) => `/${EXTENSIONS}/${name}`);
  const files = [...programs, ...plugins];
  const paths = [...files, ...(await librariesOf(root, files)), "/etc/protocols", "/etc/services"];
  // Resolved inside the root, because its links may be absolute.
  const resolved = await runOrThrow("chroot", [root, "readlink", "-f", ...paths]);
  const real = resolved.trim().split("\n");

  const stage = `${file}.d`;
  paths.forEach((path, index) => {
    const to = join(stage, path);
    mkdirSync(dirname(to), { recursive: true });
    cpSync(join(root, real[index] ?? path), to);
  });
  for (const name of links) symlinkSync("xtables-nft-multi", join(stage, "usr/sbin", name));
  for (const path of ["run", "tmp"]) mkdirSync(join(stage, path));
  await packLayer(stage, file);
  rmSync(stage, { recursive: true });
}

/** The libraries that files of a root file system load, as its own loader finds them. */
async function librariesOf(root: string, files: readonly string[]): Promise<string[]> {
  const out = await runOrThrow("chroot", [root, "ldd", ...files]);
  const found = [...out.matchAll(/(\/[^\s:]+\.so[^\s:]*) \(0x/g)].map((match) => match[1] ?? "");
  return [...new Set(found)];
}
