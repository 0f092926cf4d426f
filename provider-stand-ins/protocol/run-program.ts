import { run, type RunOptions, type RunResult } from "../../lib/process/run";

/** A program is not on PATH. */
export class NotInstalled extends Error {
  constructor(readonly program: string) {
    super(`found no program ${program} on PATH`);
  }
}

/**
 * Runs a program such as helm or docker to its end, whatever its exit code.
 *
 * @throws NotInstalled where it is not on PATH.
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  const result = await run(program, args, options);
  if (result.notFound) throw new NotInstalled(program);
  return result;
}
