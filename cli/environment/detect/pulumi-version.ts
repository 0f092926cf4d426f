import semver from "semver";
import { UserError } from "../../../lib/errors";
import { run } from "../../../lib/process/run";
import { MINIMUM_PULUMI_VERSION, toolPages, versionArguments } from "../../../lib/versions";
import type { LocatedTool } from "./locate-tool";

/**
 * Checks the version of the user's own Pulumi. This project chooses the versions of the others itself.
 *
 * @throws UserError where it is too old for the program.
 */
export async function refuseOldPulumi(
  pulumi: LocatedTool | undefined,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  if (pulumi?.origin !== "user") return;
  const { stdout } = await run(pulumi.file, versionArguments.pulumi, {
    env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeoutMs: 20_000,
  });
  const version = semver.coerce(stdout)?.version;
  if (version === undefined || semver.gte(version, MINIMUM_PULUMI_VERSION)) return;
  throw new UserError(
    `${pulumi.file} is Pulumi ${version}, and the program needs ${MINIMUM_PULUMI_VERSION} or later.`,
    `Update it (${toolPages.pulumi}), or remove it from PATH: \`npm run up\` then installs its own.`,
  );
}
