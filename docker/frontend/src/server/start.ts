import { noteArrivals } from "./arrival.ts";
import { drainOnSignals } from "./drain.ts";
import { readSettings, SettingsError, type Settings } from "./settings.ts";

let settings: Settings | undefined;

/** The settings, read once. */
export function currentSettings(): Settings {
  return (settings ??= readSettings(process.env));
}

/** Checks the settings, and begins to look at requests and signals; ends the process when a setting is wrong. */
export function start(): void {
  try {
    const { drainSeconds, closeSeconds } = currentSettings();
    noteArrivals();
    drainOnSignals(drainSeconds, closeSeconds);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`The server could not start. ${error.message}\n`);
    process.exit(1);
  }
}
