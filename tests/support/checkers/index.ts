/**
 * Checkers for the repository's files: actionlint for the workflows; kubeconform, kube-score and
 * Kubernetes' pod security evaluator for the rendered chart. Each is built once from the Go modules that
 * its go.mod pins, into the same cache as the programs of offline mode.
 */
import { join } from "node:path";
import semver from "semver";
import { environmentWith, runOrThrow } from "../../../lib/process/run";
import { filesBelow } from "../../../offline/core/digest";
import { logFile } from "../../../offline/core/paths";
import { ensure, type Recipe, recipe } from "../../../offline/core/recipe";
import { GO_MINIMUM } from "../../../offline/pins";
import {
  goBuildArguments,
  goCommand,
  goEnvironment,
  type GoProgram,
  goVersion,
} from "../../../offline/sources/go";

/** The main package of each; `.` for one in the same folder as its go.mod. */
const packages = {
  actionlint: "github.com/rhysd/actionlint/cmd/actionlint",
  kubeconform: "github.com/yannh/kubeconform/cmd/kubeconform",
  "kube-score": "github.com/zegl/kube-score/cmd/kube-score",
  "pod-security": ".",
} as const;

export type CheckerName = keyof typeof packages;

/** Why the programs can't be built here, as a sentence; undefined where they can. */
export function missingGo(): string | undefined {
  const version = goVersion();
  if (semver.gte(semver.coerce(version) ?? "0.0.0", GO_MINIMUM)) return undefined;
  return `the checks are built by Go ${GO_MINIMUM} or newer; found ${version ?? "none"}`;
}

/** Builds some programs that are missing, one after the other; afterwards it takes no time. */
export async function ensureCheckers<Name extends CheckerName>(
  names: readonly Name[],
): Promise<Readonly<Record<Name, string>>> {
  const files = {} as Record<Name, string>;
  for (const name of names) {
    const folder = await ensure(checkerRecipe(name), {
      step: (_title, work) => work(),
      note: (line) => {
        console.log(line);
      },
    });
    files[name] = join(folder, name);
  }
  return files;
}

function checkerRecipe(name: CheckerName): Recipe {
  const program: GoProgram = { name, package: packages[name] };
  const folder = join(__dirname, name);
  const inputs = {
    go: goVersion(),
    sources: filesBelow(folder),
    arguments: goBuildArguments(program, name),
    environment: { ...goEnvironment(program), GOCACHE: undefined },
  };
  return recipe(`tools/${name}`, `build ${name}`, { inputs }, async (directory) => {
    await runOrThrow(goCommand() ?? "go", goBuildArguments(program, join(directory, name)), {
      cwd: folder,
      env: environmentWith(goEnvironment(program)),
      logFile: logFile(`go-${name}`),
      hint:
        "If the network failed, run the same command again: compiled packages are kept. A refused module " +
        `is not served by this machine's module proxy (GOPROXY): see tests/support/checkers/${name}/go.mod.`,
    });
  });
}
