import { dirname } from "node:path";
import { describeError } from "../lib/errors";
import { Interrupted } from "../lib/process/interrupted";
import { ConsoleProgress } from "../lib/progress/console-progress";
import type { Screen } from "../lib/progress/screen";
import type { Command } from "./commands/command";
import { destroy } from "./commands/destroy";
import { doctor } from "./commands/doctor";
import { drift } from "./commands/drift";
import { offline } from "./commands/offline";
import { preview } from "./commands/preview";
import { previewCi } from "./commands/preview-ci";
import { pulumi } from "./commands/pulumi";
import { stackNew } from "./commands/stack-new";
import { up } from "./commands/up";

/** The commands by name. */
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
 * Runs the command that the arguments name. An error is printed and not thrown.
 *
 * @param shell the user's variables, as they are in the shell.
 * @returns the exit code.
 */
export async function dispatch(
  argv: readonly string[],
  out: Screen = process.stdout,
  err: Screen = process.stderr,
  shell: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  const [name = "--help", ...following] = argv;
  // npm removes the `--` in front of a command's own arguments; called without npm it is still there.
  const rest = following[0] === "--" ? following.slice(1) : following;
  const progress = new ConsoleProgress(out);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    const asksForHelp = name === "--help" || name === "-h";
    if (!asksForHelp) progress.say(`There is no command "${name}".`);
    progress.say(overview());
    return asksForHelp ? 0 : 1;
  }
  if (wantsHelp(command, rest)) {
    progress.say(command.help);
    return 0;
  }
  try {
    return await command.run({ root: dirname(__dirname), argv: rest, progress, shell });
  } catch (error) {
    if (error instanceof Interrupted) {
      progress.say("Interrupted. Run it again: it continues where it stopped.");
      return 130;
    }
    err.write(`${describeError(error)}\n`);
    return 1;
  }
}

function wantsHelp(command: Command, argv: readonly string[]): boolean {
  // Pulumi's commands have their own --help.
  const checked = command === pulumi ? argv.slice(0, 1) : argv;
  const asked = checked.includes("--help") || checked.includes("-h");
  return asked || (command === pulumi && argv.length === 0);
}

/** Lists the commands. */
function overview(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const lines = Object.entries(commands).map(
    ([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`,
  );
  return `Commands (npm run <command> -- --help shows its arguments):\n${lines.join("\n")}`;
}
