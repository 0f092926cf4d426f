/** Environment variable: set to 1, the program runs for `pulumi destroy --run-program`. `npm run destroy` sets it. */
export const DESTROY_VARIABLE = "TODO_CHATBOT_DESTROY";

/**
 * Whether the program runs only to say what is destroyed. It then reads no object of the cluster: one that
 * was deleted by hand would end the program, and with it the destroy.
 */
export function isDestroying(env: NodeJS.ProcessEnv = process.env): boolean {
  return env[DESTROY_VARIABLE] === "1";
}
