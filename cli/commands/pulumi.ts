import { detectTools } from "../environment/detect/detect-tools";
import { refreshStandIns } from "../environment/provide/plugins";
import { assertSameClusterByHand } from "../stack/by-hand";
import { runPulumiInForeground } from "../stack/run-pulumi";
import { prepareBackend } from "../stack/select-stack";
import type { Command } from "./command";

/** `npm run pulumi`: runs any command of Pulumi, in the environment of the other commands. */
export const pulumi: Command = {
  summary: "run any command of Pulumi in the same environment",
  help: `npm run pulumi -- <command of pulumi> [arguments]

Runs pulumi with the tools, the backend and the passphrase that \`npm run up\` uses. All arguments are passed
to pulumi: name the stack where the command takes one. Where up, refresh or destroy would reach another cluster
than the one that the stack is deployed to, it is refused.

  npm run pulumi -- config set --secret cohereApiKey --stack dev
  npm run pulumi -- stack output --stack dev
  npm run pulumi -- cancel --stack dev --yes`,
  async run({ root, argv, progress }) {
    const environment = await detectTools(root);
    prepareBackend(environment, progress);
    await assertSameClusterByHand(environment, argv, progress);
    await refreshStandIns(environment);
    const { code } = await runPulumiInForeground(environment, argv);
    return code;
  },
};
