import type { Progress } from "../../../lib/progress/progress";
import type { Tool } from "../../../lib/versions";
import { isOfSandbox } from "./cluster";
import { offline, type Reach } from "./reachable";
import { clusterReleases, probesOf, pulumiReleases, thisSystem } from "../provide/releases";
import type { Facts } from "../decide/decide";
import type { Survey } from "./survey";

type Thing = Tool | "cluster" | "plugins";

/**
 * What the plan needs to know. Only for what is missing the network is asked, once for each host and
 * all at the same time.
 */
export async function gatherFacts(
  found: Survey,
  env: NodeJS.ProcessEnv,
  reach: Reach,
  progress: Progress,
): Promise<Facts> {
  const engineProblem =
    found.needs.engine && found.engine.engine === undefined ? found.engine.reason : undefined;
  const things: Thing[] = found.needs.tools.filter((tool) => found.tools[tool] === undefined);
  if (found.cluster.state === "missing" || engineProblem !== undefined) things.push("cluster");
  if (found.plugins.missing.length > 0) things.push("plugins");

  const forbidden = offline(env);
  const answers = new Map<Thing, boolean>();
  if (things.length > 0 && !forbidden) {
    await progress.step(`Missing: ${things.join(", ")}. Can releases be reached?`, async () => {
      for (const [thing, answer] of await ask(things, reach)) answers.set(thing, answer);
      const unreachable = things.filter((thing) => !answers.get(thing));
      progress.note(unreachable.length === 0 ? "yes" : `not those of ${unreachable.join(", ")}`);
    });
  }
  return {
    tools: found.tools,
    engineProblem,
    cluster: found.cluster.state,
    clusterOfSandbox: isOfSandbox(found.cluster.profile),
    missingPlugins: found.plugins.missing,
    reachable: (thing) => answers.get(thing) ?? false,
    offline: forbidden,
    sandboxProblem: found.sandbox.unsupported,
  };
}

async function ask(things: readonly Thing[], reach: Reach): Promise<[Thing, boolean][]> {
  const answers = new Map<string, Promise<boolean>>();
  const once = (url: string) => {
    const answer = answers.get(url) ?? reach(url);
    answers.set(url, answer);
    return answer;
  };
  return Promise.all(
    things.map(async (thing): Promise<[Thing, boolean]> => {
      const replies = await Promise.all(urlsOf(thing).map(once));
      return [thing, replies.length > 0 && replies.every(Boolean)];
    }),
  );
}

function urlsOf(thing: Thing): readonly string[] {
  if (thing === "plugins") return [pulumiReleases];
  if (thing === "cluster") return clusterReleases;
  const system = thisSystem();
  return system === undefined ? [] : [probesOf(thing, system)];
}
