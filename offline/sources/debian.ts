import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { environmentWith, run, runOrThrow } from "../../lib/process/run";
import type { Progress } from "../../lib/progress/progress";
import { logFile } from "../core/paths";
import { PriorityQueue } from "../core/priority-queue";
import { DEBIAN_RELEASE } from "../pins";

/** One at a time: apt has one lock for the machine. */
const apt = new PriorityQueue(1);
const KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

/** Installs Debian packages that are missing. Updates the package lists where the installation needs it. */
export function ensurePackages(names: readonly string[], progress: Progress): Promise<void> {
  return apt.run(async () => {
    const missing: string[] = [];
    for (const name of names) if (!(await isInstalled(name))) missing.push(name);
    if (missing.length === 0) return;
    await progress.step(`Debian packages: ${missing.join(", ")}`, async () => {
      const install = installArguments(missing);
      const env = environmentWith({ DEBIAN_FRONTEND: "noninteractive" });
      const options = { env, logFile: logFile("apt-install") };
      if ((await run("apt-get", install, options)).code === 0) return;
      // apt installs nothing while an interrupted installation has left packages unconfigured.
      await run("dpkg", ["--configure", "-a"], { env, logFile: logFile("dpkg-configure") });
      // One of several sources may be unreachable: the installation shows whether that matters.
      await run("apt-get", ["update"], { env, logFile: logFile("apt-update") });
      await runOrThrow("apt-get", install, {
        ...options,
        hint:
          "Check that Debian's archive can be reached (apt-get update). Where apt would have to remove other packages, " +
          `decide yourself: apt-get install ${missing.join(" ")}`,
      });
    });
  });
}

/**
 * Returns the arguments of apt-get. It must not remove a package of the user: docker.io conflicts with
 * docker-ce and containerd.io, for example, and apt would resolve that by removing them.
 */
export function installArguments(packages: readonly string[]): string[] {
  return [
    ...["install", "--yes", "--no-remove", "--no-install-recommends"],
    ...["-o", "DPkg::Lock::Timeout=300", ...packages],
  ];
}

async function isInstalled(name: string): Promise<boolean> {
  const query = ["--show", "--showformat=${db:Status-Status}", name];
  return (await run("dpkg-query", query)).stdout === "installed";
}

/** How to create a Debian root file system. */
export interface RootOptions {
  /** `minbase` is a small working Debian; `extract` unpacks the packages without configuring them. */
  variant: "minbase" | "extract";
  /** Packages in addition to those of the variant. */
  packages: readonly string[];
  /** The name of the log, see {@link logFile}. */
  log: string;
}

/** Creates a Debian root file system in a folder, from signed packages with their security updates. */
export async function createDebianRoot(
  directory: string,
  options: RootOptions,
  progress: Progress,
): Promise<void> {
  await ensurePackages(
    ["mmdebstrap", ...(existsSync(KEYRING) ? [] : ["debian-archive-keyring"])],
    progress,
  );
  mkdirSync(directory, { recursive: true });
  await runOrThrow(
    "unshare",
    [
      // A separate mount namespace: the kernel removes the mounts in the root, however mmdebstrap ends.
      ...["--mount", "--propagation=private"],
      "mmdebstrap",
      "--mode=root",
      "--format=directory",
      `--variant=${options.variant}`,
      `--include=${options.packages.join(",")}`,
      // As in Debian's own slim images.
      ...["doc", "man", "info", "locale", "lintian", "linda", "groff"].map(
        (folder) => `--dpkgopt=path-exclude=/usr/share/${folder}/*`,
      ),
      DEBIAN_RELEASE,
      directory,
      ...(await archives()),
    ],
    {
      logFile: logFile(options.log),
      hint: "Check that Debian's archive can be reached (apt-get update), and run the same command again.",
    },
  );
}

/**
 * Returns the machine's archives of this release, as lines of a sources.list. The list is empty on other
 * releases and on Ubuntu; mmdebstrap then uses Debian's main archive.
 */
async function archives(): Promise<string[]> {
  const query = ["indextargets", "--format", "$(REPO_URI) $(CODENAME) $(COMPONENT)"];
  const { stdout } = await run("apt-get", [...query, "Created-By: Packages"]);
  return archiveLines(stdout);
}

/** Converts apt's index targets (`<address> <codename> <component>` each) to lines of a sources.list. */
export function archiveLines(targets: string): string[] {
  const suites = [DEBIAN_RELEASE, `${DEBIAN_RELEASE}-updates`, `${DEBIAN_RELEASE}-security`];
  const lines = targets.split("\n").flatMap((target) => {
    const [address, codename = "", component] = target.trim().split(" ");
    if (component !== "main" || !suites.includes(codename)) return [];
    return [`deb ${address ?? ""} ${codename} main`];
  });
  const unique = [...new Set(lines)];
  return unique.some((line) => line.includes(` ${DEBIAN_RELEASE} `)) ? unique : [];
}

/** Empties the files of a root file system that differ between machines or runs. */
export function clearMachineIdentity(root: string): void {
  for (const file of ["etc/hostname", "etc/resolv.conf", "etc/machine-id"]) {
    writeFileSync(`${root}/${file}`, "");
  }
}
