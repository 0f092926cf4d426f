import { basename } from "node:path";
import { type ForeignSalt, neededSaltError } from "../../stack/encryption-salt";
import type { Finding } from "../finding";

/**
 * Reports the salt of another user in a stack's file, with which Pulumi refuses the user's passphrase.
 *
 * @param foreign what `foreignSalt` returns for the file.
 */
export function encryptionSaltFinding(file: string, foreign: ForeignSalt | undefined): Finding[] {
  const check = "secrets";
  if (foreign === undefined) return [];
  if (foreign === "needed") {
    const { message, hint } = neededSaltError(file);
    return [{ check, state: "fix", found: message, hint }];
  }
  return [
    {
      check,
      state: "fix",
      found:
        `${basename(file)} has the passphrase check of another user (encryptionsalt), and nothing encrypted: ` +
        "Pulumi refuses your passphrase.",
      hint:
        "`npm run up` and `npm run preview` remove it. Run one of them, or delete `encryptionsalt` from the file, " +
        "before you type pulumi by hand.",
    },
  ];
}
