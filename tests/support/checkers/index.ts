/**
 * Programs that check what is written here: actionlint the workflows; kubeconform, kube-score, and
 * Kubernetes' evaluator of pod security what the chart renders. Each is built once from Go modules that its go.mod pins, into the same cache as the sandbox's
 * programs, which also says how Go is called.
 */
import { join } from "node:path";
import { environmentWith, runOrThrow } from "../../../lib/process/run";
import { filesBelow } from "../../../offline/core/digest";
import { logFile } from "../../../offline/core/paths";
import { ensure, recipe, type Recipe } from "../../../offline/core/recipe";
import { goMinimum } from "../../../offline/pins";
import {
  goBuildArguments,
  goCommand,
  goEnvironment,
  goVersion,
  type GoProgram,
} from "../../../offline/sources/go";

/** The main package of each; `.` for one that lies beside its go.mod. */
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
  const parts = (text: string) => text.split(".").map(Number);
  const [wanted, found] = [parts(goMinimum), parts(version ?? "0")];
  const first = wanted.findIndex((part, index) => part !== (found[index] ?? 0));
  if (first === -1 || (found[first] ?? 0) > (wanted[first] ?? 0)) return undefined;
  return `the checks are built by Go ${goMinimum} or newer; found ${version ?? "none"}`;
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
        "If the network failed, run the same command again: what is compiled is kept. A module that is " +
        `refused can't be had from this machine's module proxy (GOPROXY): see tests/checkers/${name}/go.mod.`,
    });
  });
}
