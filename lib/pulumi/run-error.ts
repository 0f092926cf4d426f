import * as pulumi from "@pulumi/pulumi";
import { UserError } from "../errors";

/**
 * Runs a part of the program and turns its {@link UserError} into a RunError with message and hint: Pulumi
 * prints a RunError without a stack trace.
 *
 * @throws RunError for a UserError; every other error as it is.
 */
export function withRunErrors<T>(part: () => T): T {
  try {
    return part();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new pulumi.RunError(`${error.message}\n${error.hint}`);
  }
}
