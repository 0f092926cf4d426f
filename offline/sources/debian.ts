import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

import { attempt, run } from "../core/command";
import { Lane } from "../core/lane";
import { debianRelease } from "../pins";
import type { Progress } from "../../lib/progress/progress";

/** apt works alone: it has one lock for the machine. */
const apt = new Lane(1);
const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";

/** Installs the packages that the machine lacks. Missing or outdated package lists are fetched first. */
export function ensurePackages(names: readonly string[], progress: Progress): Promise<void> {
  return apt.run(async () => {
    const missing: string[] = [];
    for (const name of names) if (!(await isInstalled(name))) missing.push(name);
    if (missing.length === 0) return;
    await progress.step(`Debian packages: ${missing.join(", ")}`, async () => {
      const install = [
        ...["apt-get", "install", "--yes", "--no-install-recommends"],
        ...["-o", "DPkg::Lock::Timeout=300", ...missing],
      ];
      const env = { DEBIAN_FRONTEND: "noninteractive" };
      if ((await attempt(install, { env, log: "apt-install" })).code === 0) return;
      // An installation that was interrupted leaves packages half-way, and apt installs no other then.
      await attempt(["dpkg", "--configure", "-a"], { env, log: "dpkg-configure" });
      // Of several sources one may be out of reach: whether it matters shows in the installation.
      await attempt(["apt-get", "update"], { env, log: "apt-update" });
      await run(install, {
        env,
        log: "apt-install",
        hint: `check that Debian's archive can be reached (apt-get update), or install ${missing.join(" ")} yourself.`,
      });
    });
  });
}

async function isInstalled(name: string): Promise<boolean> {
  const query = ["dpkg-query", "--show", "--showformat=${db:Status-Status}", name];
  return (await attempt(query)).stdout === "installed";
}

/** What a root file system is made of. */
export interface RootOptions {
  /** `minbase` is a small working Debian; `extract` only unpacks packages, and runs nothing. */
  variant: "minbase" | "extract";
  packages: readonly string[];
  log: string;
}

/** Makes a Debian root file system in a folder, from signed packages with their security updates. */
export async function debianRoot(
  directory: string,
  options: RootOptions,
  progress: Progress,
): Promise<void> {
  await ensurePackages(
    ["mmdebstrap", ...(existsSync(keyring) ? [] : ["debian-archive-keyring"])],
    progress,
  );
  mkdirSync(directory, { recursive: true });
  await run(
    [
      // In a mount namespace of its own: what it mounts in the root ends with it, however it ends.
      ...["unshare", "--mount", "--propagation=private"],
      "mmdebstrap",
      "--mode=root",
      "--format=directory",
      `--variant=${options.variant}`,
      `--include=${options.packages.join(",")}`,
      // As in Debian's own slim images.
      ...["doc", "man", "info", "locale", "lintian", "linda", "groff"].map(
        (folder) => `--dpkgopt=path-exclude=/usr/share/${folder}/*`,
      ),
      debianRelease,
      directory,
      ...(await archives()),
    ],
    {
      log: options.log,
      hint: "check that Debian's archive can be reached (apt-get update), and run the same command again.",
    },
  );
}

/**
 * The machine's own archives of this release, as lines of a sources.list. Where it has none, as on
 * another release or on Ubuntu, mmdebstrap's default: Debian's main archive.
 */
async function archives(): Promise<string[]> {
  const query = ["apt-get", "indextargets", "--format", "$(REPO_URI) $(CODENAME) $(COMPONENT)"];
  const { stdout } = await attempt([...query, "Created-By: Packages"]);
  return archiveLines(stdout);
}

/** Turns apt's index targets (`<address> <codename> <component>` each) into lines of a sources.list. */
export function archiveLines(targets: string): string[] {
  const suites = [debianRelease, `${debianRelease}-updates`, `${debianRelease}-security`];
  const lines = targets.split("\n").flatMap((target) => {
    const [address, codename = "", component] = target.trim().split(" ");
    if (component !== "main" || !suites.includes(codename)) return [];
    return [`deb ${address ?? ""} ${codename} main`];
  });
  const wanted = [...new Set(lines)];
  return wanted.some((line) => line.includes(` ${debianRelease} `)) ? wanted : [];
}

/** Packs a folder as a layer of an image: the same contents give the same bytes. */
export async function packLayer(directory: string, file: string): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  await run([
    ...["tar", "--create", `--file=${file}`, `--directory=${directory}`],
    ...["--sort=name", "--mtime=@0", "--numeric-owner", "--xattrs", "--xattrs-include=*"],
    // Extended attributes bring a format that would also hold times and a process number.
    "--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime",
    ".",
  ]);
}

/** Empties what differs from one machine or one run to the next. */
export function neutralise(root: string): void {
  for (const file of ["etc/hostname", "etc/resolv.conf", "etc/machine-id"]) {
    writeFileSync(`${root}/${file}`, "");
  }
}
