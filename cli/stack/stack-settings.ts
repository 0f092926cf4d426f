import { parseSettings, SettingsError, type Settings } from "../../settings";
import { UserError } from "../../lib/errors";
import { readStackConfig, type StackConfig } from "./stack-config";

/** A stack's settings, and the configuration that they come from. */
export interface StackSettings {
  config: StackConfig;
  settings: Settings;
}

/**
 * The settings of a stack, checked before anything is made.
 *
 * @throws UserError that lists all that is wrong with them.
 */
export function loadSettings(root: string, stack: string): StackSettings {
  const config = readStackConfig(root, stack);
  return { config, settings: settingsOf(config, stack) };
}

/**
 * The settings of a configuration that has been read.
 *
 * @param instead what to do next, where the stack has no file yet in which settings could be changed.
 * @throws UserError as {@link loadSettings} does.
 */
export function settingsOf(config: StackConfig, stack: string, instead?: string): Settings {
  try {
    return parseSettings(config.values, { isSecret: (key) => config.secret.includes(key) });
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new UserError(`Stack ${stack}: ${error.message}`, instead ?? error.hint, {
      cause: error,
    });
  }
}
