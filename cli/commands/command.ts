import type { ConsoleProgress } from "../../lib/progress/console-progress";

/** One call of a command. */
export interface Invocation {
  /** The project's folder. */
  root: string;
  /** The arguments after the command's name. */
  argv: readonly string[];
  progress: ConsoleProgress;
  /**
   * The user's variables as they are in the shell. `process.env` has them corrected (`corrections`). Only what
   * is printed for that shell needs these. @default process.env
   */
  shell?: NodeJS.ProcessEnv;
}

/** A command of `npm run …`. */
export interface Command {
  /** What it does, in one line. */
  summary: string;
  /** The text of `--help`. */
  help: string;
  /** Runs it, and returns the exit code. */
  run: (invocation: Invocation) => Promise<number>;
}
