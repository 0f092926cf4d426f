import type { Progress } from "../../../lib/progress/progress";
import type { Tool } from "../../../lib/versions";
import type { Detected } from "../environment";
import { clusterRegistries, probeUrl, PULUMI_RELEASES, thisSystem } from "../provide/releases";

/** Something that is installed from the network. */
export type Installable = Tool | "cluster" | "plugins";

/** Whether one URL can be reached from this machine. */
export type Probe = (url: string) => Promise<boolean>;

/** Which releases can be reached from this machine. */
export interface Reachability {
  /** Whether TODO_CHATBOT_OFFLINE forbids downloading releases. */
  offlineMode: boolean;
  /** Whether the release of something missing can be reached. Always false for what isn't missing. */
  isReachable: (thing: Installable) => boolean;
}

/** Time limit of one probe in milliseconds. */
const PROBE_LIMIT_MS = 4000;

/**
 * Sends a HEAD request to a URL. A registry answers 401 without credentials, which counts as reachable;
 * any other refusal (a filter's 403, a proxy's 407) does not.
 */
export async function probe(url: string): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(PROBE_LIMIT_MS);
    const response = await fetch(url, { method: "HEAD", signal });
    return response.ok || response.status === 401;
  } catch {
    return false;
  }
}

/** Whether TODO_CHATBOT_OFFLINE is set: no release is downloaded, offline mode builds what is missing. */
export function isOfflineMode(env: NodeJS.ProcessEnv): boolean {
  return !["", "0", "false", undefined].includes(env.TODO_CHATBOT_OFFLINE);
}

/** Finds out which releases can be reached: only for what is missing, once for each URL, all at the same time. */
export async function detectReachability(
  found: Detected,
  env: NodeJS.ProcessEnv,
  ask: Probe,
  progress: Progress,
): Promise<Reachability> {
  const missing = missingThings(found);
  const offlineMode = isOfflineMode(env);
  const answers = new Map<Installable, boolean>();
  if (missing.length > 0 && !offlineMode) {
    await progress.step(
      `Check whether releases can be reached: ${missing.join(", ")}`,
      async () => {
        for (const [thing, answer] of await askAll(missing, ask)) answers.set(thing, answer);
        const unreachable = missing.filter((thing) => !answers.get(thing));
        progress.note(unreachable.length === 0 ? "yes" : `not those of ${unreachable.join(", ")}`);
      },
    );
  }
  return { offlineMode, isReachable: (thing) => answers.get(thing) ?? false };
}

function missingThings({ needs, tools, cluster, docker, plugins }: Detected): Installable[] {
  const things: Installable[] = needs.tools.filter((tool) => tools[tool] === undefined);
  const lacksEngine = needs.engine && docker.engine === undefined;
  if (cluster.state === "missing" || lacksEngine) things.push("cluster");
  if (plugins.missing.length + plugins.standIns.length > 0) things.push("plugins");
  return things;
}

async function askAll(
  things: readonly Installable[],
  ask: Probe,
): Promise<[Installable, boolean][]> {
  const answers = new Map<string, Promise<boolean>>();
  const askOnce = (url: string) => {
    const answer = answers.get(url) ?? ask(url);
    answers.set(url, answer);
    return answer;
  };
  return Promise.all(
    things.map(async (thing): Promise<[Installable, boolean]> => {
      const replies = await Promise.all(urlsOf(thing).map(askOnce));
      return [thing, replies.length > 0 && replies.every(Boolean)];
    }),
  );
}

function urlsOf(thing: Installable): readonly string[] {
  if (thing === "plugins") return [PULUMI_RELEASES];
  if (thing === "cluster") return clusterRegistries;
  const system = thisSystem();
  return system === undefined ? [] : [probeUrl(thing, system)];
}
