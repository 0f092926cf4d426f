import type { ConsoleProgress } from "../../lib/progress/console-progress";

/** What a command is called with. */
export interface Invocation {
  /** The project's folder. */
  root: string;
  /** Arguments behind the command's name. */
  argv: readonly string[];
  progress: ConsoleProgress;
}

/** One of the commands of `npm run …`. */
export interface Command {
  /** What it does, in a line. */
  summary: string;
  /** What `--help` shows. */
  help: string;
  /** Does it; returns the exit code. */
  run: (invocation: Invocation) => Promise<number>;
}
