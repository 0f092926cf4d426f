import { UserError } from "../../lib/errors";
import { parseManifest } from "../../lib/kubernetes/objects";
import { lastLines, run } from "../../lib/process/run";
import type { ConsoleProgress } from "../../lib/progress/console-progress";
import { kubectlOf, toolFile } from "../environment/environment";
import {
  type ClusterEnvironment,
  reportForeignFields,
  type StatedObject,
} from "./foreign-fields-report";

/**
 * Compares the objects of the Helm release with the manifest that helm has stored, and reports the
 * differences.
 *
 * @returns whether there are any.
 * @throws UserError where helm or kubectl fails.
 */
export async function releaseDrifted(
  environment: ClusterEnvironment,
  progress: Pick<ConsoleProgress, "say">,
): Promise<boolean> {
  const manifest = await readManifest(environment);
  const result = await kubectlOf(environment).run(
    ["diff", "--namespace", environment.settings.namespace, "--filename", "-"],
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
  const stated = objectsInManifest(manifest);
  return (await reportForeignFields(environment, stated, progress)) || result.code === 1;
}

async function readManifest(environment: ClusterEnvironment): Promise<string> {
  const { namespace, chart } = environment.settings;
  const result = await run(
    toolFile(environment, "helm"),
    [
      ...[...environment.target.helmArguments, "--namespace", namespace],
      ...["get", "manifest", chart.releaseName],
    ],
    { env: environment.env },
  );
  if (result.code === 0) return result.stdout;
  throw new UserError(
    `\`helm get manifest ${chart.releaseName}\` failed: ${lastLines(result)}`,
    "`npm run up` installs the release where it is gone.",
  );
}

/** Returns the objects of a manifest, without empty documents. */
export function objectsInManifest(manifest: string): StatedObject[] {
  return parseManifest<StatedObject>(manifest);
}
