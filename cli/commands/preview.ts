import { duration } from "../../lib/progress/duration";
import { parseArguments } from "../arguments";
import { ensureEnvironment } from "../environment/ensure-environment";
import { explainUpdate } from "../explain/explain-update";
import { runUpdate } from "../stack/run-pulumi";
import { assertSameCluster } from "../stack/same-cluster";
import { selectStack } from "../stack/select-stack";
import { beforeUpdate } from "./before-update";
import type { Command } from "./command";

/** `npm run preview`: shows what `npm run up` would change. */
export const preview: Command = {
  summary: "show what `npm run up` would change, and change nothing",
  help: `npm run preview [-- [--stack <stack>] [flags of \`pulumi preview\`]]

Shows what \`npm run up\` would change. Installs missing tools, but creates no cluster: it has to be running.

  npm run preview -- --diff             every property that would change
  npm run preview -- --stack prod`,
  async run({ root, argv, progress }) {
    const { stack, rest } = parseArguments(argv);
    const environment = await ensureEnvironment(
      {
        root,
        stack,
        args: rest,
        cluster: "running",
        refuse: (found) => assertSameCluster(found, progress),
      },
      progress,
    );
    await progress.step(`Select stack ${stack}`, () => selectStack(environment, progress));
    const refresh = await beforeUpdate(environment, progress);
    const start = Date.now();
    const result = await runUpdate(environment, ["preview", ...refresh, ...rest]);
    if (result.code !== 0) return explainUpdate(environment, result, progress);
    progress.say(`Previewed in ${duration(Date.now() - start)}`);
    return 0;
  },
};
