import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { directories } from "../../lib/paths";
import { environmentWith, runOrThrow } from "../../lib/process/run";
import { logFile, offlineDirectory } from "../core/paths";
import { PriorityQueue } from "../core/priority-queue";

/** A program that is built from the Go module in `toolchain/<name>`, which pins its dependencies. */
export interface GoProgram {
  /** The folder below toolchain/, and the name of the built file. */
  readonly name: string;
  /** The main package; `.` where it is in the folder itself. */
  readonly package: string;
  /** String variables that the linker sets, such as the version that a release build contains. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Build tags, separated by commas. */
  readonly tags?: string;
  /** Whether it needs a C compiler. @default false */
  readonly cgo?: boolean;
}

/** Returns the go command: on PATH, or in the folder of the official archive. Undefined where there is none. */
export function goCommand(): string | undefined {
  return ["go", "/usr/local/go/bin/go"].find((go) => versionOf(go) !== undefined);
}

/** Returns the version of the machine's Go, such as `1.26.8`. Undefined where there is none. */
export function goVersion(): string | undefined {
  const go = goCommand();
  return go === undefined ? undefined : versionOf(go);
}

const versions = new Map<string, string | undefined>();

function versionOf(go: string): string | undefined {
  if (!versions.has(go)) versions.set(go, askVersion(go));
  return versions.get(go);
}

/** Synchronous, because the version is part of every program's key, and keys are known without waiting. */
function askVersion(go: string): string | undefined {
  try {
    const env = environmentWith({ GOTOOLCHAIN: "local" });
    const text = execFileSync(go, ["env", "GOVERSION"], { env, encoding: "utf8", stdio: "pipe" });
    return /^go(\d+\.\d+(?:\.\d+)?)/.exec(text.trim())?.[1];
  } catch {
    return undefined;
  }
}

/**
 * Returns the variables of every build: versions are fixed, checksums are verified, and the toolchain is
 * the machine's. The source of modules (GOPROXY, GOSUMDB) is the machine's setting. An undefined value
 * removes a variable.
 */
export function goEnvironment(program: Pick<GoProgram, "cgo">): Record<string, string | undefined> {
  return {
    GOFLAGS: "-mod=readonly -buildvcs=false -trimpath",
    GOWORK: "off",
    GOTOOLCHAIN: "local",
    CGO_ENABLED: program.cgo === true ? "1" : "0",
    GOEXPERIMENT: undefined,
    GOAMD64: undefined,
    // Less frequent garbage collection in the compiler: 5% less time for some hundred MiB more, measured.
    GOGC: "400",
    GOCACHE: buildCache(),
  };
}

/**
 * Returns the arguments of `go build`. The programs contain no debug information and no symbol table:
 * that saves a tenth of the time and a fifth of the build cache, measured.
 */
export function goBuildArguments(program: GoProgram, output: string): string[] {
  const variables = Object.entries(program.variables ?? {}).map(
    ([name, value]) => `-X ${name}=${value}`,
  );
  return [
    "build",
    "-p=2",
    "-pgo=off",
    "-gcflags=all=-dwarf=false",
    ...(program.tags === undefined ? [] : [`-tags=${program.tags}`]),
    `-ldflags=${["-s -w", ...variables].join(" ")}`,
    `-o=${output}`,
    program.package,
  ];
}

/**
 * The folder of compiled packages, separate from the user's. They are kept while programs are missing,
 * so that an interrupted build continues where it was, and removed when all programs are built. Modules
 * stay in Go's module cache.
 */
export function buildCache(): string {
  return join(directories().cache, "go-build");
}

/** Two builds at a time: while one downloads or links, which uses one core at most, the other compiles. */
export const goBuilds = new PriorityQueue(2);

/** Builds a program into `output`. */
export async function goBuild(program: GoProgram, output: string): Promise<void> {
  await runOrThrow("nice", [goCommand() ?? "go", ...goBuildArguments(program, output)], {
    cwd: offlineDirectory("toolchain", program.name),
    env: environmentWith(goEnvironment(program)),
    logFile: logFile(`go-${program.name}`),
    hint:
      "If the network failed, run the same command again: compiled packages are kept. If a module is refused or its checksum " +
      `differs, this machine's module proxy (GOPROXY) doesn't serve what offline/toolchain/${program.name}/go.mod pins.`,
  });
}

/**
 * Downloads a module that one of the programs is built from. Returns its folder in Go's module cache.
 *
 * @param program the folder below toolchain/ that pins the module's version.
 */
export async function moduleDirectory(program: string, module: string): Promise<string> {
  const out = await runOrThrow(goCommand() ?? "go", ["mod", "download", "-json", module], {
    cwd: offlineDirectory("toolchain", program),
    env: environmentWith(goEnvironment({})),
    hint: "Check that Go's module proxy (GOPROXY) can be reached, and run the same command again.",
  });
  return (JSON.parse(out) as { Dir: string }).Dir;
}
