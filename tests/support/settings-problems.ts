import assert from "node:assert/strict";
import { parseSettings, type Problem, SettingsError } from "../../settings";
import { asConfig } from "./values";

/** What is wrong with settings; fails where nothing is. */
export function problemsOf(settings: Readonly<Record<string, unknown>>): readonly Problem[] {
  return errorOf(() => parseSettings(asConfig(settings))).problems;
}

/** The SettingsError that a call ends with; fails where it ends with none. */
export function errorOf(parse: () => unknown): SettingsError {
  try {
    parse();
  } catch (error) {
    assert.ok(error instanceof SettingsError, String(error));
    return error;
  }
  return assert.fail("these settings should have been refused");
}
