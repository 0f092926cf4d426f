import { existsSync, mkdirSync } from "node:fs";
import { UserError } from "../../lib/errors";
import type { Progress } from "../../lib/progress/progress";
import type { Environment } from "../environment/environment";
import { backendDirectory, needsPassphrase } from "../environment/variables";
import { chosenBackend, fileBackendFolder, fileBackendUrl, stateFile } from "./backend";
import { dropUnusedSalt, ensureFittingSalt, hasSalt } from "./encryption-salt";
import { ensurePassphrase, passphraseFile } from "./passphrase";
import { readProject } from "./project-file";
import { PulumiError, pulumiOutput, type StackEnvironment } from "./run-pulumi";
import { stackFile } from "./stack-config";
import { stackName } from "./stack-name";

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
  await prepareStack(environment, progress);
  const file = stackFile(root, stack);
  const hadSalt = hasSalt(file);
  await pulumiOutput(environment, ["stack", "select", "--create", stack]);
  // The state has it too. In the repository it would lock out everyone with another passphrase.
  if (!hadSalt) dropUnusedSalt(file);
}

/** Makes the backend, the passphrase and the stack's file ready, without creating the stack. */
export async function prepareStack(
  environment: StackEnvironment & BackendEnvironment,
  progress: Pick<Progress, "note">,
): Promise<void> {
  prepareBackend(environment, progress);
  const { root, stack, env } = environment;
  await ensureFittingSalt(stackFile(root, stack), env, progress);
  await refuseSecondState(environment);
}

/**
 * Refuses to go on with a stack in a backend that was chosen after the stack had been deployed with its state
 * in the local one.
 *
 * @throws UserError that says how to go on with the local state, and how to move it.
 */
export async function refuseSecondState(
  environment: StackEnvironment & Pick<BackendEnvironment, "directories">,
): Promise<void> {
  const { root, stack, env, directories } = environment;
  const chosen = chosenBackend(root, env);
  const local = backendDirectory(directories.state);
  if (chosen === undefined || fileBackendFolder(chosen.url, root) === local) return;
  const file = stateFile(local, readProject(root).name, stackName(stack));
  if (!existsSync(file) || (await stackExists(environment))) return;
  const url = fileBackendUrl(local);
  throw new UserError(
    `Stack ${stack} has its state in ${file}, but ${chosen.by} chooses ${chosen.url}, where there is none.`,
    `PULUMI_BACKEND_URL='${url}' goes on with that state. To move it: with that variable \`npm run pulumi -- stack ` +
      `export --stack ${stack} --file <file>\`; without it \`stack select --create ${stack}\` and \`stack import\`; ` +
      "then remove the local file.",
  );
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
  // The lines that doctor prints name the same file.
  const isOurs = needsPassphrase(env) || env.PULUMI_CONFIG_PASSPHRASE_FILE === file;
  if (isOurs && ensurePassphrase(file)) {
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
