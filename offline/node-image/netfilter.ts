import { cpSync, mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";

import { run } from "../core/command";
import { packLayer } from "../sources/debian";

const programs = ["xtables-nft-multi", "conntrack", "ipset"].map((name) => `/usr/sbin/${name}`);
const extensions = "usr/lib/x86_64-linux-gnu/xtables";
/** Names under which the one program of iptables is called. */
const links = ["iptables", "ip6tables"].flatMap((name) =>
  ["", "-save", "-restore"].map((suffix) => `${name}${suffix}`),
);

/**
 * Packs iptables, ipset and conntrack, with the libraries that they load, as a layer for images that
 * have nothing else: kube-proxy's and the NetworkPolicy enforcer's.
 */
export async function packNetfilter(root: string, file: string): Promise<void> {
  const plugins = readdirSync(join(root, extensions)).map((name) => `/${extensions}/${name}`);
  const files = [...programs, ...plugins];
  const paths = [...files, ...(await librariesOf(root, files)), "/etc/protocols", "/etc/services"];
  // What a path means inside the root: links there may be absolute.
  const real = (await run(["chroot", root, "readlink", "-f", ...paths])).trim().split("\n");

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

/** The libraries that files of a root file system load, as the loader there finds them. */
async function librariesOf(root: string, files: readonly string[]): Promise<string[]> {
  const out = await run(["chroot", root, "ldd", ...files]);
  const found = [...out.matchAll(/(\/[^\s:]+\.so[^\s:]*) \(0x/g)].map((match) => match[1] ?? "");
  return [...new Set(found)];
}
