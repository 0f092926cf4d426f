import { UserError } from "../../lib/errors";
import { parseSettings, type Settings, SettingsError } from "../../settings";
import { readStackConfig, type StackConfig } from "./stack-config";

/** A stack's settings, and the configuration that they were read from. */
export interface StackSettings {
  config: StackConfig;
  settings: Settings;
}

/**
 * Reads and checks the settings of a stack.
 *
 * @throws UserError that lists every invalid setting.
 */
export function loadSettings(root: string, stack: string): StackSettings {
  const config = readStackConfig(root, stack);
  return { config, settings: settingsOf(config, stack) };
}

/**
 * Returns the settings of a configuration.
 *
 * @param hint what to do next, where the stack has no file yet in which settings could be changed.
 * @throws UserError as {@link loadSettings} does.
 */
export function settingsOf(config: StackConfig, stack: string, hint?: string): Settings {
  try {
    return parseSettings(config.values, { isSecret: (key) => config.secret.includes(key) });
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new UserError(`Stack ${stack}: ${error.message}`, hint ?? error.hint, { cause: error });
  }
}
