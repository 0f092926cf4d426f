import { UserError } from "../../lib/errors";

/**
 * Returns a stack's own name: `--stack` may give it with its organization and project, as in
 * `acme/todo-chatbot/prod`, while its file and its folders have the name alone.
 */
export function stackName(reference: string): string {
  return reference.slice(reference.lastIndexOf("/") + 1);
}

/** Returns the name of a stack's settings file, however `--stack` names the stack. */
export function settingsFileName(reference: string): string {
  return `Pulumi.${stackName(reference)}.yaml`;
}

/**
 * Checks that a reference is one that Pulumi can read, and that it belongs to this project.
 *
 * @throws UserError where it doesn't.
 */
export function checkReference(reference: string, project: string): void {
  const parts = reference.split("/");
  if (parts.length > 3 || !parts.every((part) => /^\w[\w.-]{0,99}$/.test(part))) {
    throw new UserError(
      `"${reference}" isn't the name of a stack.`,
      "Name it as prod, as organization/prod, or as organization/project/prod.",
    );
  }
  if (parts.length === 3 && parts[1] !== project) {
    throw new UserError(
      `The stack ${reference} belongs to the project ${parts[1] ?? ""}; this one is ${project}.`,
      `Name a stack of this project: --stack ${parts[0] ?? ""}/${project}/${parts[2] ?? ""}`,
    );
  }
}
