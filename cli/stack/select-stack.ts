import { existsSync, mkdirSync, readFileSync } from "node:fs";
import type { Progress } from "../../lib/progress/progress";
import type { Environment } from "../environment/environment";
import { backendDirectory, needsPassphrase } from "../environment/variables";
import { ensurePassphrase, passphraseFile } from "./passphrase";
import { PulumiError, pulumiOutput, type StackEnvironment } from "./run-pulumi";
import { stackFile } from "./stack-config";

/** The parts of the environment that decide on the backend and the passphrase. */
type BackendEnvironment = Pick<Environment, "directories" | "added">;

/**
 * Selects the stack, and creates it where it doesn't exist: in the local backend with its passphrase, unless
 * the user has chosen others.
 */
export async function selectStack(
  environment: StackEnvironment & BackendEnvironment,
  progress: Pick<Progress, "note">,
): Promise<void> {
  const { root, stack } = environment;
  prepareBackend(environment, progress);
  const file = stackFile(root, stack);
  const hadSalt = hasSalt(file);
  await pulumiOutput(environment, ["stack", "select", "--create", stack]);
  if (!hadSalt && hasSalt(file)) {
    progress.note(
      `Pulumi has written \`encryptionsalt\` into Pulumi.${stack}.yaml: ` +
        "the check for your passphrase, no secret",
    );
  }
}

/**
 * Creates the folder of the local state and the passphrase, where these are used and don't exist.
 *
 * @param env the user's environment, without what this project adds.
 */
export function prepareBackend(
  { directories, added }: BackendEnvironment,
  progress: Pick<Progress, "note">,
  env: NodeJS.ProcessEnv = process.env,
): void {
  if (added.PULUMI_BACKEND_URL !== undefined) {
    mkdirSync(backendDirectory(directories.state), { recursive: true, mode: 0o700 });
  }
  const file = passphraseFile(directories.state);
  if (needsPassphrase(env) && ensurePassphrase(file)) {
    progress.note(
      `A passphrase for the stacks' secrets has been created: ${file}. Keep it with the state`,
    );
  }
}

/** Whether the stack exists in the backend. It isn't created. */
export async function stackExists(environment: StackEnvironment): Promise<boolean> {
  try {
    await pulumiOutput(environment, ["stack", "--stack", environment.stack, "--show-name"]);
    return true;
  } catch (error) {
    if (error instanceof PulumiError && error.stderr.includes("no stack named")) return false;
    throw error;
  }
}

function hasSalt(file: string): boolean {
  return existsSync(file) && /^encryptionsalt:/m.test(readFileSync(file, "utf8"));
}
