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
  const { settings, target } = environment;
  const args = ["diff", "--namespace", settings.namespace, "--filename", "-"];
  const result = await kubectlOf(environment).run(args, { input: manifest, timeoutMs: 60_000 });
  // kubectl diff: 0 no difference, 1 some, more where it failed.
  if (result.code !== 0 && result.code !== 1) {
    throw new UserError(
      `\`${target.kubectl(args.join(" "))}\` failed: ${lastLines(result)}`,
      "`npm run doctor` looks at everything that this depends on.",
    );
  }
  for (const line of result.stdout.trimEnd().split("\n")) if (line !== "") progress.say(line);
  const stated = objectsInManifest(manifest);
  return (await reportForeignFields(environment, stated, progress)) || result.code === 1;
}

async function readManifest(environment: ClusterEnvironment): Promise<string> {
  const { settings, target, env } = environment;
  const args = ["--namespace", settings.namespace, "get", "manifest", settings.chart.releaseName];
  const result = await run(toolFile(environment, "helm"), [...target.helmArguments, ...args], {
    env,
  });
  if (result.code === 0) return result.stdout;
  throw new UserError(
    `\`${target.helm(args.join(" "))}\` failed: ${lastLines(result)}`,
    "`npm run up` installs the release where it is gone.",
  );
}

/** Returns the objects of a manifest, without empty documents. */
export function objectsInManifest(manifest: string): StatedObject[] {
  return parseManifest<StatedObject>(manifest);
}
