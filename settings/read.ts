import * as pulumi from "@pulumi/pulumi";
import { foreignKeys } from "./foreign-keys";
import { parseSettings } from "./parse";
import { secretKeys, type Settings } from "./schema";

// Exported, but missing in the SDK's declarations: there is no other way to ask.
const { isConfigSecret } = pulumi.runtime as unknown as {
  isConfigSecret: (key: string) => boolean;
};

/**
 * Reads the settings of the stack that is being deployed.
 *
 * @throws SettingsError that lists every wrong key, before any resource is registered.
 */
export function readSettings(): Settings {
  const prefix = `${pulumi.getProject()}:`;
  const config: Record<string, string> = {};
  for (const [key, value] of Object.entries(pulumi.runtime.allConfig())) {
    if (key.startsWith(prefix)) config[key.slice(prefix.length)] = value;
  }
  const foreign = foreignKeys(Object.keys(pulumi.runtime.allConfig()), pulumi.getProject());
  for (const key of foreign.unknown) {
    void pulumi.log.warn(
      `${key} in the stack's configuration has no effect: no one reads its prefix.`,
    );
  }
  const isSecret = (key: string) => isConfigSecret(prefix + key);
  // Pulumi itself checks this only for typed keys, and refuses a default for those.
  const problems = secretKeys
    .filter((key) => (config[key] ?? "") !== "" && !isSecret(key))
    .map((key) => ({
      key,
      found: "a secret in plain text",
      expected: `an encrypted value: pulumi config set --secret ${key} …`,
    }));
  return parseSettings(config, { isSecret, problems: [...foreign.problems, ...problems] });
}
