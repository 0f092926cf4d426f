import { existsSync } from "node:fs";
import { needsPassphrase } from "../../environment/variables";
import { passphraseFile } from "../../stack/passphrase";
import type { Finding } from "../finding";

/**
 * Checks that there is a passphrase for the secrets of the stacks.
 *
 * @param env the user's environment, without what this project adds.
 */
export function passphraseFinding(env: NodeJS.ProcessEnv, stateDirectory: string): Finding {
  const check = "passphrase";
  if (needsPassphrase(env)) {
    const file = passphraseFile(stateDirectory);
    if (existsSync(file)) return { check, state: "ok", found: `in ${file}` };
    return { check, state: "note", found: `none yet: \`npm run up\` creates one in ${file}.` };
  }
  const file = env.PULUMI_CONFIG_PASSPHRASE_FILE;
  if (env.PULUMI_CONFIG_PASSPHRASE !== undefined || file === undefined) {
    return { check, state: "ok", found: "from PULUMI_CONFIG_PASSPHRASE" };
  }
  if (existsSync(file)) return { check, state: "ok", found: `from ${file}` };
  return {
    check,
    state: "fix",
    found: `PULUMI_CONFIG_PASSPHRASE_FILE names ${file}, which doesn't exist.`,
    hint: "Restore the file, or unset the variable: a passphrase is then created.",
  };
}
