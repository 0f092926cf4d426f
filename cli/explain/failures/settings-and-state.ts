import { settingsFileName } from "../../stack/stack-name";
import type { KnownFailure } from "./failure";

/** Text: SettingsError in settings/. */
export const invalidSettings: KnownFailure = {
  pattern: /\d+ settings? (?:is|are) wrong:/,
  explain: (_, { stack }) => ({
    cause: "Settings are wrong: the list above names each, what was found and what is allowed.",
    hint: `Change them in ${settingsFileName(stack)}, or by \`npm run pulumi -- config set --stack ${stack} …\`.`,
  }),
};

/** Text: Pulumi's passphrase secrets manager (pkg/secrets/passphrase), and Go's crypto/cipher. */
export const wrongPassphrase: KnownFailure = {
  pattern: /incorrect passphrase|passphrase must be set|message authentication failed/i,
  explain: (_, { stack }) => ({
    cause: "The passphrase isn't the one that this stack's secrets were encrypted with.",
    hint:
      "Set PULUMI_CONFIG_PASSPHRASE (or PULUMI_CONFIG_PASSPHRASE_FILE) to the old one. If it is lost: " +
      `take \`encryptionsalt\` and every \`secure:\` value out of ${settingsFileName(stack)}, and start with a new state.`,
  }),
};

/** Text: Pulumi's file backend (pkg/backend/diy), and Pulumi Cloud's API. */
export const stackLocked: KnownFailure = {
  pattern: /the stack is currently locked by|\[409\] Conflict: Another update/,
  explain: (_, { stack }) => ({
    cause:
      "Another update of this stack is under way, or one was ended before it could unlock the stack.",
    hint: `If none is running: \`npm run pulumi -- cancel --stack ${stack} --yes\`, then run this again.`,
  }),
};

/** Text: Pulumi's engine, about operations that the state lists as not finished. */
export const pendingOperations: KnownFailure = {
  pattern: /pending operations|interrupted while/,
  explain: (_, { stack }) => ({
    cause: "An earlier update was interrupted, and what it was doing isn't known.",
    hint: `\`npm run up -- --refresh --stack ${stack}\` looks at the cluster first.`,
  }),
};
