import { UserError } from "../lib/errors";
import type { Problem } from "./rules/problem";

/** Error that lists every invalid setting: its key, what was found and what was expected. */
export class SettingsError extends UserError {
  constructor(readonly problems: readonly Problem[]) {
    const lines = problems.map(
      ({ key, found, expected }) => `  ${key}: found ${found}; expected ${expected}`,
    );
    const count = problems.length === 1 ? "1 setting is" : `${problems.length} settings are`;
    super(
      `${count} wrong:\n${lines.join("\n")}`,
      "Change them by `pulumi config set [--path] <key> <value>` or in Pulumi.<stack>.yaml; " +
        "docs/configuration.md has every key.",
    );
    this.name = "SettingsError";
  }
}
