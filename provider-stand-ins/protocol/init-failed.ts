import type { Properties } from "./values";

/**
 * The resource exists but did not become ready. The engine keeps the state that comes with this error, so
 * that the next update repairs the resource instead of creating a second one.
 */
export class InitFailed extends Error {
  /**
   * @param reasons what is wrong, one finding each.
   * @param inputs the inputs that Read found.
   */
  constructor(
    readonly id: string,
    readonly state: Properties,
    readonly reasons: string[],
    message: string,
    readonly inputs?: Properties,
  ) {
    super(message);
  }
}
