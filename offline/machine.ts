import { existsSync, readFileSync } from "node:fs";

import { goMinimum } from "./pins";
import { goVersion } from "./sources/go";

/** What the sandbox has to know about a machine to tell whether it can be used there. */
export interface Machine {
  platform: string;
  arch: string;
  /** Whether packages come from apt, as on Debian and Ubuntu. */
  apt: boolean;
  root: boolean;
  /** Go's version, or undefined where there is none. */
  go: string | undefined;
}

/** This machine. */
export function thisMachine(): Machine {
  return {
    platform: process.platform,
    arch: process.arch,
    apt: existsSync("/etc/debian_version") && existsSync("/usr/bin/apt-get"),
    root: process.getuid?.() === 0,
    go: goVersion(),
  };
}

/** Why a machine can't use the sandbox, in one sentence with the way out; undefined where it can. */
export function unsupported(machine: Machine = thisMachine()): string | undefined {
  const elsewhere =
    "install docker, minikube, kubectl, helm and pulumi as their makers say, and the sandbox is not needed";
  if (machine.platform !== "linux" || machine.arch !== "x64") {
    return `The sandbox makes its machine for Linux on x64 only, and this is ${machine.platform} on ${machine.arch}: ${elsewhere}.`;
  }
  if (!machine.apt) {
    return `The sandbox needs Debian or Ubuntu, for apt's packages, and this system has no apt-get: ${elsewhere}.`;
  }
  if (!machine.root) {
    return `The sandbox installs packages and runs a docker engine, which takes root, and this user is not root: run the same command as root, or ${elsewhere}.`;
  }
  if (machine.go === undefined) {
    return `The sandbox builds its programs with Go, and neither PATH nor /usr/local/go has it: install Go ${goMinimum} or newer.`;
  }
  if (compareVersions(machine.go, goMinimum) < 0) {
    return `The sandbox builds its programs with Go ${goMinimum} or newer, and this machine has Go ${machine.go}: install a newer Go.`;
  }
  return undefined;
}

/** Compares versions of numbers and dots: negative where `a` is older than `b`. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split(".").map(Number));
  for (let index = 0; index < 3; index += 1) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

const CAP_SYS_RESOURCE = 24n;

/**
 * Whether processes here may exceed resource limits. Without it runc refuses privileged containers,
 * such as Minikube's node, and runc-here has to stand in front of it.
 */
export function hasSysResource(status = readFileSync("/proc/self/status", "utf8")): boolean {
  const set = /^CapBnd:\s*([0-9a-f]+)$/m.exec(status)?.[1];
  return set === undefined || ((BigInt(`0x${set}`) >> CAP_SYS_RESOURCE) & 1n) === 1n;
}
