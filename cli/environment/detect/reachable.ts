/** How long a host may take to answer before it counts as out of reach. */
const patience = 4000;

/** Whether a URL can be had from here. Asks once. */
export type Reach = (url: string) => Promise<boolean>;

/**
 * Asks a URL for its head. Registries answer 401 to strangers, which is an answer; every other refusal
 * (a filter's 403, a proxy's 407) means that nothing can be had.
 */
export async function reach(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, {
      method: "HEAD",
      signal: AbortSignal.timeout(patience),
    });
    return response.ok || response.status === 401;
  } catch {
    return false;
  }
}

/** TODO_CHATBOT_OFFLINE=1: nothing is asked for, and what is missing is made by the sandbox. */
export function offline(env: NodeJS.ProcessEnv): boolean {
  return !["", "0", "false", undefined].includes(env.TODO_CHATBOT_OFFLINE);
}
