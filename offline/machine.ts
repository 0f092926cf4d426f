import { existsSync, readFileSync } from "node:fs";
import { coerce, lt } from "semver";
import { UserError } from "../lib/errors";
import { GO_MINIMUM } from "./pins";
import { goVersion } from "./sources/go";

/** The properties of a machine that decide whether offline mode works there. */
export interface Machine {
  /** The operating system, as in `process.platform`. */
  platform: string;
  /** The architecture, as in `process.arch`. */
  arch: string;
  /** Whether packages come from apt, as on Debian and Ubuntu. */
  apt: boolean;
  /** Whether the user is root. */
  root: boolean;
  /** Go's version, or undefined where there is none. */
  go: string | undefined;
}

/** Returns the properties of this machine. */
export function thisMachine(): Machine {
  return {
    platform: process.platform,
    arch: process.arch,
    apt: existsSync("/etc/debian_version") && existsSync("/usr/bin/apt-get"),
    root: process.getuid?.() === 0,
    go: goVersion(),
  };
}

/** Returns why offline mode doesn't work on a machine, with a hint; undefined where it works. */
export function unsupported(machine: Machine = thisMachine()): UserError | undefined {
  const install =
    "install docker, minikube, kubectl, helm and pulumi from their releases: with them, offline mode isn't needed";
  if (machine.platform !== "linux" || machine.arch !== "x64") {
    return new UserError(
      `Offline mode works on Linux on x64 only, and this is ${machine.platform} on ${machine.arch}.`,
      `On this machine, ${install}.`,
    );
  }
  if (!machine.apt) {
    return new UserError(
      "Offline mode needs the packages of Debian or Ubuntu, and this system has no apt-get.",
      `On this machine, ${install}.`,
    );
  }
  if (!machine.root) {
    return new UserError(
      "Offline mode installs packages and runs a docker engine, and this user is not root.",
      `Run the same command as root, or ${install}.`,
    );
  }
  if (machine.go === undefined) {
    return new UserError(
      "Offline mode builds its programs with Go, and neither PATH nor /usr/local/go has it.",
      `Install Go ${GO_MINIMUM} or newer.`,
    );
  }
  if (lt(coerce(machine.go) ?? "0.0.0", GO_MINIMUM)) {
    return new UserError(
      `Offline mode builds its programs with Go ${GO_MINIMUM} or newer, and this machine has Go ${machine.go}.`,
      "Install a newer Go.",
    );
  }
  return undefined;
}

/** The bit of the capability in the kernel's sets (linux/capability.h). */
const CAP_SYS_RESOURCE = 24n;

/**
 * Whether processes here may exceed resource limits. Without CAP_SYS_RESOURCE, runc refuses privileged
 * containers such as Minikube's node, and runc-here has to wrap it.
 *
 * @param status the content of /proc/self/status.
 */
export function hasSysResource(status = readFileSync("/proc/self/status", "utf8")): boolean {
  const set = /^CapBnd:\s*([0-9a-f]+)$/m.exec(status)?.[1];
  return set === undefined || ((BigInt(`0x${set}`) >> CAP_SYS_RESOURCE) & 1n) === 1n;
}
