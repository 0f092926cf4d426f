import { UserError } from "../../../lib/errors";
import { run } from "../../../lib/process/run";
import type { Located } from "./locate-tool";
import { minimumPulumiVersion, toolPages, versionArguments } from "../../../lib/versions";

/**
 * Looks at the version of the user's own Pulumi; the others are of our choice.
 *
 * @throws UserError where it is too old for the program.
 */
export async function refuseOldPulumi(
  pulumi: Located | undefined,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  if (pulumi?.origin !== "user") return;
  const { stdout } = await run(pulumi.file, versionArguments.pulumi, {
    env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeoutMs: 20_000,
  });
  const version = /\d+\.\d+\.\d+/.exec(stdout)?.[0];
  if (version === undefined || !isOlder(version, minimumPulumiVersion)) return;
  throw new UserError(
    `${pulumi.file} is Pulumi ${version}, and the program needs ${minimumPulumiVersion} or later.`,
    `Update it (${toolPages.pulumi}), or take it off PATH: \`npm run up\` then brings its own.`,
  );
}

/** Numbers with dots, compared number by number. */
const { compare } = new Intl.Collator("en", { numeric: true });

function isOlder(version: string, least: string): boolean {
  return compare(version, least) < 0;
}
