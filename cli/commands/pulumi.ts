import { toolEnvironment } from "../environment/detect/tool-environment";
import { refreshPlugins } from "../environment/provide/plugins";
import { runPulumiInForeground } from "../stack/run-pulumi";
import { prepareBackend } from "../stack/select-stack";
import type { Command } from "./command";

/** `npm run pulumi`: any command of Pulumi, in the environment that the others run it in. */
export const pulumi: Command = {
  summary: "any command of Pulumi, in the same environment",
  help: `npm run pulumi -- <command of pulumi> [arguments]

Runs pulumi with the tools, the backend and the passphrase that \`npm run up\` uses. All arguments are
pulumi's own: name the stack where the command takes one.

  npm run pulumi -- config set --secret cohereApiKey --stack dev
  npm run pulumi -- stack output --stack dev
  npm run pulumi -- cancel --stack dev --yes`,
  async run({ root, argv, progress }) {
    const machine = toolEnvironment(root);
    prepareBackend(machine, progress);
    await refreshPlugins(machine);
    const { code } = await runPulumiInForeground({ root, ...machine }, argv);
    return code;
  },
};
