import { parseSettings, secretKeys, SettingsError } from "../../settings";
import { CONCEALED, type StackConfig } from "../stack/stack-config";

/** Returns the keys of the secrets that the settings lack; none where anything else is wrong with them. */
export function missingSecrets(config: StackConfig): string[] {
  try {
    parseSettings(config.values);
    return [];
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const isSecretKey = (key: string) => secretKeys.some((secret) => secret === key);
    const missing = error.problems.filter(
      ({ key, found }) => isSecretKey(key) && found === "nothing",
    );
    return missing.length === error.problems.length ? missing.map(({ key }) => key) : [];
  }
}

/** Returns the configuration with a placeholder for each of some secrets. */
export function withPlaceholders(config: StackConfig, keys: readonly string[]): StackConfig {
  const values = Object.fromEntries(keys.map((key) => [key, CONCEALED]));
  return {
    ...config,
    values: { ...config.values, ...values },
    secret: [...config.secret, ...keys],
  };
}
