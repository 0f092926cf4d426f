import { record, type Recorded, type Run } from "../../cli/preview/record-program";
import { answer, call } from "./cloud";

export { FailedProgram } from "../../cli/preview/record-program";
export type { Resources } from "../../cli/preview/recorded-resources";

/** How a program is run: everything that is left out has a default. */
export type DeployOptions = Partial<Omit<Run, "answer" | "call" | "project">>;

/** What a program registered, in order, and what it returned. */
export type Deployed<T> = Recorded<T>;

/** Name of the project. */
export const PROJECT = "todo-chatbot";

/**
 * Runs a program against mocks, and waits for the end of all that it started.
 *
 * The SDK's mocks see a resource's inputs alone. So that its options can be asserted too, the requests are
 * recorded that the SDK sends to the engine.
 */
export function deploy<T>(
  program: () => T | Promise<T>,
  { config = {}, secretKeys = [], stack = "dev", preview = false }: DeployOptions = {},
): Promise<Deployed<T>> {
  return record(program, { answer, call, config, secretKeys, stack, preview, project: PROJECT });
}
