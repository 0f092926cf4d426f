import { parseAllDocuments } from "yaml";
import { UserError } from "../../lib/errors";
import { toolFile, kubectlOf, type Environment } from "../environment/environment";
import { run, lastLines } from "../../lib/process/run";
import type { ConsoleProgress } from "../../lib/progress/console-progress";
import { sayForeignFields, type Stated } from "./live-objects";

/** Whether the Helm release's objects differ from the manifest that Helm has kept; says how. */
export async function releaseDrifted(
  machine: Environment,
  progress: ConsoleProgress,
): Promise<boolean> {
  const manifest = await manifestOf(machine);
  const result = await kubectlOf(machine).run(
    ["diff", "--namespace", machine.settings.namespace, "--filename", "-"],
    { input: manifest, timeoutMs: 60_000 },
  );
  // kubectl diff: 0 no difference, 1 some, more where it failed.
  if (result.code !== 0 && result.code !== 1) {
    throw new UserError(
      `\`kubectl diff\` failed: ${lastLines(result)}`,
      "`npm run doctor` looks at everything that this depends on.",
    );
  }
  for (const line of result.stdout.trimEnd().split("\n")) if (line !== "") progress.say(line);
  const foreign = await sayForeignFields(machine, objectsIn(manifest), progress);
  return foreign || result.code === 1;
}

async function manifestOf(machine: Environment): Promise<string> {
  const { context, kubeconfig, namespace, chart } = machine.settings;
  const file = kubeconfig === "" ? [] : ["--kubeconfig", kubeconfig];
  const place = ["--kube-context", context, ...file, "--namespace", namespace];
  const args = [...place, "get", "manifest", chart.releaseName];
  const result = await run(toolFile(machine, "helm"), args, { env: machine.env });
  if (result.code === 0) return result.stdout;
  throw new UserError(
    `\`helm get manifest ${chart.releaseName}\` failed: ${lastLines(result)}`,
    "`npm run up` installs the release where it is gone.",
  );
}

/** The objects of a manifest. */
export function objectsIn(manifest: string): Stated[] {
  return parseAllDocuments(manifest)
    .map((document) => document.toJS() as Stated | null)
    .filter((object) => object !== null);
}
