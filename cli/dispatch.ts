import { dirname } from "node:path";
import type { Command } from "./commands/command";
import { destroy } from "./commands/destroy";
import { doctor } from "./commands/doctor";
import { drift } from "./commands/drift";

import { preview } from "./commands/preview";
import { previewCi } from "./commands/preview-ci";
import { pulumi } from "./commands/pulumi";
import { offline } from "./commands/offline";
import { stackNew } from "./commands/stack-new";
import { up } from "./commands/up";
import { messageOf, UserError } from "../lib/errors";
import { Interrupted } from "../lib/process/interrupted";
import { ConsoleProgress, type Screen } from "../lib/progress/console-progress";

/** The commands, by name. */
export const commands: Readonly<Record<string, Command>> = {
  up,
  preview,
  "preview:ci": previewCi,
  destroy,
  doctor,
  drift,
  offline,
  "stack:new": stackNew,
  pulumi,
};

/**
 * Runs the command that the arguments name.
 *
 * @returns the exit code; what went wrong has been said
 */
export async function dispatch(
  argv: readonly string[],
  out: Screen = process.stdout,
  err: Screen = process.stderr,
): Promise<number> {
  const [name = "--help", ...behind] = argv;
  // npm takes away the `--` in front of a command's own arguments; called without npm it is still there.
  const rest = behind[0] === "--" ? behind.slice(1) : behind;
  const progress = new ConsoleProgress(out);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    const asked = name === "--help" || name === "-h";
    if (!asked) progress.say(`There is no command "${name}".`);
    progress.say(overview());
    return asked ? 0 : 1;
  }
  if (wantsHelp(command, rest)) {
    progress.say(command.help);
    return 0;
  }
  try {
    return await command.run({ root: dirname(__dirname), argv: rest, progress });
  } catch (error) {
    if (error instanceof Interrupted) {
      progress.say("Interrupted. Run it again: it goes on where it stopped.");
      return 130;
    }
    err.write(`${inSentences(error)}\n`);
    return 1;
  }
}

function wantsHelp(command: Command, argv: readonly string[]): boolean {
  // Pulumi's own commands have a --help of their own.
  const own = command === pulumi ? argv.slice(0, 1) : argv;
  const asked = own.includes("--help") || own.includes("-h");
  return asked || (command === pulumi && argv.length === 0);
}

/** An error for people: what was found and the way out. Only what nobody foresaw comes with its stack. */
export function inSentences(error: unknown): string {
  if (error instanceof UserError) return `✗ ${error.message}\n  → ${error.hint}`;
  const message = messageOf(error);
  // The sandbox's errors end with their way out.
  const [cause = "", ...hint] = message.split("What to do: ");
  if (hint.length > 0) return `✗ ${cause.trim()}\n  → ${hint.join("").trim()}`;
  const stack = error instanceof Error ? error.stack : undefined;
  return `✗ ${message}\n  → This wasn't foreseen; it may be a mistake of this program:\n${stack ?? ""}`;
}

/** The list of commands. */
function overview(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const lines = Object.entries(commands).map(
    ([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`,
  );
  return `Commands (npm run <command> -- --help says more):\n${lines.join("\n")}`;
}
