import { parseArguments } from "../arguments";
import { prepare } from "../environment/provide/provide";
import { duration } from "../../lib/progress/duration";
import { runUpdate } from "../stack/run-pulumi";
import { selectStack } from "../stack/select-stack";
import type { Command } from "./command";
import { explainUpdate } from "../explain/explain-update";
import { refreshFlags } from "./up";

/** `npm run preview`: what `npm run up` would change. */
export const preview: Command = {
  summary: "show what `npm run up` would change, and change nothing",
  help: `npm run preview [-- [--stack <stack>] [flags of \`pulumi preview\`]]

Shows what \`npm run up\` would change. Brings the tools that are missing, but no cluster: that has to run.

  npm run preview -- --diff             every property that would change
  npm run preview -- --stack prod`,
  async run({ root, argv, progress }) {
    const { stack, rest } = parseArguments(argv);
    const machine = await prepare({ root, stack, cluster: "running" }, progress);
    await progress.step(`Select stack ${stack}`, () => selectStack(machine, progress));
    const refresh = await refreshFlags(machine, progress);
    const start = Date.now();
    const result = await runUpdate(machine, ["preview", ...refresh, ...rest]);
    if (result.code !== 0) return explainUpdate(machine, result, progress);
    progress.say(`Previewed in ${duration(Date.now() - start)}`);
    return 0;
  },
};
