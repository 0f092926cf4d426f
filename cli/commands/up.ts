import { parseArguments } from "../arguments";
import { waitForAnswer } from "./wait-for-url";
import { duration } from "../../lib/progress/duration";
import { UserError } from "../../lib/errors";
import { kubectlOf, type Environment } from "../environment/environment";
import { prepare } from "../environment/provide/provide";
import type { ConsoleProgress } from "../../lib/progress/console-progress";
import { changesInWords } from "../stack/engine-events";
import { readLinks, type Links } from "../stack/outputs";
import { runUpdate } from "../stack/run-pulumi";
import { selectStack } from "../stack/select-stack";
import { readRecordedTarget, refreshReason } from "../stack/state";
import type { Command } from "./command";
import { explainUpdate } from "../explain/explain-update";

/** `npm run up`: from whatever is there to a URL that answers. */
export const up: Command = {
  summary: "make what is missing, deploy the stack, and show its URL",
  help: `npm run up [-- [--stack <stack>] [flags of \`pulumi up\`]]

Finds or brings each tool, the docker engine and the cluster that the stack's settings name, and runs
\`pulumi up --yes\`: the preview is shown, nothing is asked. The default stack is dev.

  npm run up                            deploy stack dev
  npm run up -- --stack prod            deploy stack prod
  npm run up -- --skip-preview          deploy without showing the preview first
  npm run up -- --refresh               look at the cluster first: someone changed it by hand

TODO_CHATBOT_OFFLINE=1  download no releases: what is missing is made by the sandbox.
PULUMI_BACKEND_URL, PULUMI_ACCESS_TOKEN, PULUMI_CONFIG_PASSPHRASE(_FILE), PULUMI_HOME, KUBECONFIG,
DOCKER_HOST and MINIKUBE_HOME count where they are set.`,
  async run({ root, argv, progress }) {
    const { stack, rest } = parseArguments(argv);
    const machine = await prepare({ root, stack, cluster: "make" }, progress);
    await progress.step(`Select stack ${stack}`, () => selectStack(machine, progress));
    const refresh = await refreshFlags(machine, progress);

    progress.say(`Deploy stack ${stack}:`);
    const start = Date.now();
    const result = await runUpdate(machine, ["up", "--yes", ...refresh, ...rest]);
    if (result.code !== 0) return explainUpdate(machine, result, progress);
    progress.say(
      `✓ Deployed (${changesInWords(result.changes ?? {}) ?? "nothing changed"})  ${duration(Date.now() - start)}`,
    );
    await showLinks(await readLinks(machine), progress);
    progress.say(`Done in ${progress.total()}`);
    return 0;
  },
};

/** A state that doesn't fit the cluster is refreshed first, with the providers of today's program. */
export async function refreshFlags(
  machine: Environment,
  progress: ConsoleProgress,
): Promise<string[]> {
  const reason = await refreshReason(await readRecordedTarget(machine), kubectlOf(machine));
  if (reason === undefined) return [];
  progress.say(`· Pulumi looks at the cluster first (--refresh): ${reason}`);
  return ["--refresh", "--run-program"];
}

async function showLinks(links: Links, progress: ConsoleProgress): Promise<void> {
  if (links.frontend !== undefined) {
    const start = Date.now();
    const answer = await progress.step(`Ask ${links.frontend}`, () =>
      waitForAnswer(links.frontend ?? ""),
    );
    if (!answer.ok) {
      throw new UserError(
        `Everything is deployed, but ${links.frontend} doesn't answer from this machine: ${answer.reason}.`,
        links.access === undefined
          ? "`npm run doctor` looks at everything that this depends on."
          : `Open a way to it: ${links.access}`,
      );
    }
    const tries = answer.tries === 1 ? "" : `, at try ${answer.tries}`;
    progress.say(`  answered ${answer.status} after ${duration(Date.now() - start)}${tries}`);
  }
  progress.say("");
  if (links.frontend !== undefined) progress.say(`  Todo chatbot   ${links.frontend}`);
  if (links.backend !== undefined) progress.say(`  Backend        ${links.backend}`);
  if (links.access !== undefined) progress.say(`  From elsewhere ${links.access}`);
  progress.say("");
}
