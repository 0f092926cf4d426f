import { execFileSync } from "node:child_process";
import { join } from "node:path";

import { run } from "../core/command";
import { Lane } from "../core/lane";
import { cacheDirectory, offlineDirectory } from "../core/paths";

/** A program made from the Go module in `toolchain/<name>`, which pins all that goes into it. */
export interface GoProgram {
  /** The folder below toolchain/, and the file that comes out. */
  readonly name: string;
  /** The main package; `.` for one that lies in the folder itself. */
  readonly package: string;
  /** Values given to string variables by the linker: what makers' own builds set as the version. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly tags?: string;
  /** Whether it needs a C compiler. */
  readonly cgo?: boolean;
}

/** The go command: on PATH, or where its makers' archive puts it. Undefined where there is none. */
export function goCommand(): string | undefined {
  return ["go", "/usr/local/go/bin/go"].find((go) => versionOf(go) !== undefined);
}

/** The version of the machine's Go as three numbers with dots, such as 1.26.8. */
export function goVersion(): string | undefined {
  const go = goCommand();
  return go === undefined ? undefined : versionOf(go);
}

const versions = new Map<string, string | undefined>();

function versionOf(go: string): string | undefined {
  if (!versions.has(go)) versions.set(go, askVersion(go));
  return versions.get(go);
}

function askVersion(go: string): string | undefined {
  try {
    const env = { ...process.env, GOTOOLCHAIN: "local" };
    const text = execFileSync(go, ["env", "GOVERSION"], { env, encoding: "utf8", stdio: "pipe" });
    return /^go(\d+\.\d+(?:\.\d+)?)/.exec(text.trim())?.[1];
  } catch {
    return undefined;
  }
}

/**
 * The environment of every build: versions never move, sums are verified, and the toolchain is the
 * machine's. Where modules come from (GOPROXY, GOSUMDB) is the machine's own setting.
 */
export function goEnvironment(program: Pick<GoProgram, "cgo">): Record<string, string | undefined> {
  return {
    GOFLAGS: "-mod=readonly -buildvcs=false -trimpath",
    GOWORK: "off",
    GOTOOLCHAIN: "local",
    CGO_ENABLED: program.cgo === true ? "1" : "0",
    GOEXPERIMENT: undefined,
    GOAMD64: undefined,
    // The compiler collects garbage less often: measured, 5% less time for some hundred MiB more.
    GOGC: "400",
    GOCACHE: buildCache(),
  };
}

/**
 * The arguments of `go build`. Neither debug information nor a symbol table: not compiling the former
 * saves a tenth of the time and a fifth of the build cache (measured), and nobody debugs these.
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
 * Compiled packages are kept here, apart from the user's own, while programs are missing: an
 * interrupted build goes on where it was. With every program built they are of no more use, and are
 * removed. Modules stay in Go's usual place.
 */
export function buildCache(): string {
  return join(cacheDirectory(), "go-build");
}

/** Two builds at a time: while one downloads modules or links, which keeps one core busy at most, the other compiles. */
export const goBuilds = new Lane(2);

/** Builds a program into `output`. */
export async function goBuild(program: GoProgram, output: string): Promise<void> {
  await run(["nice", goCommand() ?? "go", ...goBuildArguments(program, output)], {
    cwd: offlineDirectory("toolchain", program.name),
    env: goEnvironment(program),
    log: `go-${program.name}`,
    hint:
      "if the network failed, run the same command again: what is compiled is kept. A module that is refused or whose sum " +
      `differs means that the pins in offline/toolchain/${program.name}/go.mod can't be had from this machine's module proxy (GOPROXY).`,
  });
}

/** The folder of a module that one of the programs is built from, in Go's module cache. */
export async function moduleDirectory(program: string, module: string): Promise<string> {
  const out = await run([goCommand() ?? "go", "mod", "download", "-json", module], {
    cwd: offlineDirectory("toolchain", program),
    env: goEnvironment({}),
    hint: "check that Go's module proxy (GOPROXY) can be reached, and run the same command again.",
  });
  return (JSON.parse(out) as { Dir: string }).Dir;
}
