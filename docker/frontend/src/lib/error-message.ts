/** Returns the message of a caught value for display. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
