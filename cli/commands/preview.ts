import { parseArguments } from "../args";
import { prepare } from "../machine/prepare";
import { duration } from "../progress/duration";
import { update } from "../stack/pulumi";
import { selectStack } from "../stack/stack";
import type { Command } from "./command";
import { explain } from "./failed";
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
    const result = await update(machine, ["preview", ...refresh, ...rest]);
    if (result.code !== 0) return explain(machine, result, progress);
    progress.say(`Previewed in ${duration(Date.now() - start)}`);
    return 0;
  },
};
