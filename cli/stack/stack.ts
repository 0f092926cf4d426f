import { existsSync, mkdirSync, readFileSync } from "node:fs";
import type { Progress } from "../../lib/progress/progress";
import { backendDirectory, needsPassphrase } from "../environment/variables";
import type { Environment } from "../environment/environment";
import { ensurePassphrase, passphraseFile } from "./passphrase";
import { stackFile } from "./stack-config";
import { ask, PulumiError } from "./run-pulumi";

/**
 * Selects the stack, and makes it where there is none: with the local backend and the passphrase that
 * this takes, unless the user has chosen others.
 */
export async function selectStack(machine: Environment, progress: Progress): Promise<void> {
  prepareBackend(machine, progress);
  const file = stackFile(machine.root, machine.stack);
  const hadSalt = hasSalt(file);
  await ask(machine, ["stack", "select", "--create", machine.stack]);
  if (!hadSalt && hasSalt(file)) {
    progress.note(
      `Pulumi has written \`encryptionsalt\` into Pulumi.${machine.stack}.yaml: ` +
        "the check for your passphrase, no secret",
    );
  }
}

/** Makes the folder of the local state and the passphrase, where these are used. */
export function prepareBackend(
  { directories, added }: Pick<Environment, "directories" | "added">,
  progress: Progress,
  env: NodeJS.ProcessEnv = process.env,
): void {
  if (added.PULUMI_BACKEND_URL !== undefined) {
    mkdirSync(backendDirectory(directories.state), { recursive: true, mode: 0o700 });
  }
  const file = passphraseFile(directories.state);
  if (needsPassphrase(env) && ensurePassphrase(file)) {
    progress.note(
      `A passphrase for the stacks' secrets has been made: ${file}. Keep it with the state`,
    );
  }
}

/** Whether the stack exists in the backend; it isn't made. */
export async function stackExists(machine: Environment): Promise<boolean> {
  try {
    await ask(machine, ["stack", "--stack", machine.stack, "--show-name"]);
    return true;
  } catch (error) {
    if (error instanceof PulumiError && error.message.includes("no stack named")) return false;
    throw error;
  }
}

function hasSalt(file: string): boolean {
  return existsSync(file) && /^encryptionsalt:/m.test(readFileSync(file, "utf8"));
}
