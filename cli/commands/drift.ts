import { UserError } from "../../lib/errors";
import { parseArguments, refuseFurther } from "../arguments";
import { programDrifted } from "../drift/program-drift";
import { releaseDrifted } from "../drift/release-drift";
import { ensureEnvironment } from "../environment/ensure-environment";
import { assertSameCluster } from "../stack/same-cluster";
import { prepareStack, stackExists } from "../stack/select-stack";
import type { Command } from "./command";

/** `npm run drift`: shows what was changed in the cluster since the last update. */
export const drift: Command = {
  summary: "compare the cluster with the stack's state and the release's manifest",
  help: `npm run drift [-- --stack <stack>]

Reads every live object and compares it: Pulumi's objects with the state and the program, the Helm release's
objects with its manifest. It also names each field that neither declares and that another client has set.
Changes nothing.

Exit code 1 where something differs: \`npm run up -- --refresh\` restores Pulumi's objects, and \`helm rollback\`
to the same revision those of the release. Undeclared fields survive both: remove them with \`kubectl edit\`, or
declare them.`,
  async run({ root, argv, progress }) {
    const { stack, rest } = parseArguments(argv);
    refuseFurther("drift", rest);
    const environment = await ensureEnvironment(
      { root, stack, cluster: "running", refuse: (found) => assertSameCluster(found, progress) },
      progress,
    );
    await prepareStack(environment, progress);
    if (!(await stackExists(environment))) {
      throw new UserError(`There is no stack ${stack}.`, "`npm run up` creates it.");
    }
    await assertSameCluster(environment, progress);
    const program = await programDrifted(environment, progress);
    const release = await releaseDrifted(environment, progress);
    progress.say(`Objects of Pulumi   ${program ? "differ: see above" : "as the program says"}`);
    progress.say(
      `Objects of Helm     ${release ? "differ: see above" : "as the release's manifest says"}`,
    );
    return program || release ? 1 : 0;
  },
};
