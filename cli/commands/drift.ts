import { parseArguments, refuseFurther } from "../arguments";
import { programDrifted } from "../drift/program-drift";
import { releaseDrifted } from "../drift/release-drift";
import { UserError } from "../../lib/errors";
import { prepare } from "../environment/provide/provide";
import { prepareBackend, stackExists } from "../stack/select-stack";
import type { Command } from "./command";

/** `npm run drift`: what somebody has changed in the cluster since the last up. */
export const drift: Command = {
  summary: "compare the cluster with the stack's state and the release's manifest",
  help: `npm run drift [-- --stack <stack>]

Reads every live object, and compares: Pulumi's own with the state and the program, the Helm release's with its
manifest. It also names each field that neither has and that somebody else has set. Changes nothing.

Exit code 1 where something differs: \`npm run up -- --refresh\` puts Pulumi's objects right, and \`helm rollback\`
to the same revision those of the release. Fields that are stated nowhere stay through both: take them out with
\`kubectl edit\`, or state them.`,
  async run({ root, argv, progress }) {
    const { stack, rest } = parseArguments(argv);
    refuseFurther("drift", rest);
    const machine = await prepare({ root, stack, cluster: "running" }, progress);
    prepareBackend(machine, progress);
    if (!(await stackExists(machine))) {
      throw new UserError(`There is no stack ${stack}.`, "`npm run up` makes it.");
    }
    const own = await programDrifted(machine, progress);
    const release = await releaseDrifted(machine, progress);
    progress.say(`Objects of Pulumi   ${own ? "differ: see above" : "as the program says"}`);
    progress.say(
      `Objects of Helm     ${release ? "differ: see above" : "as the release's manifest says"}`,
    );
    return own || release ? 1 : 0;
  },
};
