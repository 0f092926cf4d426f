import { UserError } from "../../lib/errors";
import type { ConsoleProgress } from "../../lib/progress/console-progress";
import { duration } from "../../lib/progress/duration";
import { parseArguments } from "../arguments";
import { ensureEnvironment } from "../environment/ensure-environment";
import { explainUpdate } from "../explain/explain-update";
import { changesInWords } from "../stack/engine-events";
import { type Links, readLinks } from "../stack/outputs";
import { runUpdate } from "../stack/run-pulumi";
import { assertSameCluster } from "../stack/same-cluster";
import { selectStack } from "../stack/select-stack";
import { UpdateWatch } from "../watch/update-watch";
import { beforeUpdate } from "./before-update";
import type { Command } from "./command";
import { waitForAnswer } from "./wait-for-url";

/** `npm run up`: deploys the stack from any state of the machine, until its URL answers. */
export const up: Command = {
  summary: "install what is missing, deploy the stack, and show its URL",
  help: `npm run up [-- [--stack <stack>] [flags of \`pulumi up\`]]

Finds or installs each tool, the docker engine and the cluster that the stack's settings name, and runs
\`pulumi up --yes\`, which shows the preview and asks no questions. The default stack is dev.

  npm run up                            deploy stack dev
  npm run up -- --stack prod            deploy stack prod
  npm run up -- --skip-preview          deploy without showing the preview first
  npm run up -- --refresh               read the cluster first, after changes by hand

TODO_CHATBOT_OFFLINE=1  download no releases: offline mode builds what is missing.
PULUMI_BACKEND_URL, PULUMI_ACCESS_TOKEN, PULUMI_CONFIG_PASSPHRASE(_FILE), PULUMI_HOME, KUBECONFIG,
DOCKER_HOST and MINIKUBE_HOME are respected.`,
  async run({ root, argv, progress }) {
    const { stack, rest } = parseArguments(argv);
    const environment = await ensureEnvironment(
      {
        root,
        stack,
        args: rest,
        cluster: "created",
        refuse: (found) => assertSameCluster(found, progress, { mayCreate: true }),
      },
      progress,
    );
    await progress.step(`Select stack ${stack}`, () => selectStack(environment, progress));
    const refresh = await beforeUpdate(environment, progress);

    progress.say(`Deploy stack ${stack}:`);
    const start = Date.now();
    const watch = new UpdateWatch(environment, progress);
    const result = await runUpdate(environment, ["up", "--yes", ...refresh, ...rest], watch);
    if (result.code !== 0) return explainUpdate(environment, result, progress, watch.obstacles);
    progress.say(
      `✓ Deployed (${changesInWords(result.changes ?? {}) ?? "nothing changed"})  ${duration(Date.now() - start)}`,
    );
    await showLinks(await readLinks(environment), progress);
    progress.say(`Done in ${progress.total()}`);
    return 0;
  },
};

async function showLinks(links: Links, progress: ConsoleProgress): Promise<void> {
  if (links.frontend !== undefined) {
    const start = Date.now();
    const answer = await progress.step(`Request ${links.frontend}`, () =>
      waitForAnswer(links.frontend ?? ""),
    );
    if (!answer.ok) {
      throw new UserError(
        `Everything is deployed, but ${links.frontend} doesn't answer from this machine: ${answer.reason}.`,
        links.access === undefined
          ? "`npm run doctor` checks everything that this depends on."
          : `Reach it with: ${links.access}`,
      );
    }
    const tries = answer.tries === 1 ? "" : `, at try ${answer.tries}`;
    progress.say(`  answered ${answer.status} after ${duration(Date.now() - start)}${tries}`);
  }
  progress.say("");
  if (links.frontend !== undefined) progress.say(`  Todo chatbot   ${links.frontend}`);
  if (links.backend !== undefined) progress.say(`  Backend        ${links.backend}`);
  if (links.access !== undefined) progress.say(`  Other access   ${links.access}`);
  progress.say("");
}
