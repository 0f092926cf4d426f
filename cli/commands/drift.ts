import { parseArguments, refuseFurther } from "../args";
import { UserError } from "../errors";
import { fileOf, type Machine } from "../machine/machine";
import { prepare } from "../machine/prepare";
import { capture, lastWords } from "../process/capture";
import type { ConsoleProgress } from "../progress/console";
import { update } from "../stack/pulumi";
import { prepareBackend, stackExists } from "../stack/stack";
import type { Command } from "./command";

/** `npm run drift`: what somebody has changed in the cluster since the last up. */
export const drift: Command = {
  summary: "compare the cluster with the stack's state and the release's manifest",
  help: `npm run drift [-- --stack <stack>]

Reads every live object, and compares: Pulumi's own with the state and the program, the Helm release's with its
manifest. Changes nothing. Exit code 1 where something differs: \`npm run up -- --refresh\` puts Pulumi's objects
right, and \`helm rollback\` to the same revision those of the release.`,
  async run({ root, argv, progress }) {
    const { stack, rest } = parseArguments(argv);
    refuseFurther("drift", rest);
    const machine = await prepare({ root, stack, cluster: "running" }, progress);
    prepareBackend(machine, progress);
    if (!(await stackExists(machine))) {
      throw new UserError(`There is no stack ${stack}.`, "`npm run up` makes it.");
    }
    const own = await pulumiDrifted(machine);
    const release = await releaseDrifted(machine, progress);
    progress.say(`Objects of Pulumi   ${own ? "differ: see above" : "as the program says"}`);
    progress.say(
      `Objects of Helm     ${release ? "differ: see above" : "as the release's manifest says"}`,
    );
    return own || release ? 1 : 0;
  },
};

/** The flags of a preview that looks at the cluster first, and fails where it would change something. */
const lookOnly = ["preview", "--refresh", "--run-program", "--diff", "--expect-no-changes"];

async function pulumiDrifted(machine: Machine): Promise<boolean> {
  const { code, complaints } = await update(machine, lookOnly);
  if (code === 0) return false;
  if (complaints.includes("no changes were expected")) return true;
  throw new UserError(
    "Pulumi couldn't compare the cluster with the state; its message is above.",
    "`npm run doctor` looks at everything that this depends on.",
  );
}

/** What kubectl finds different from the manifest that Helm has kept. */
async function releaseDrifted(machine: Machine, progress: ConsoleProgress): Promise<boolean> {
  const { settings, env } = machine;
  const { releaseName } = settings.chart;
  const place = ["--namespace", settings.namespace];
  const helm = ["--kube-context", settings.context, ...place, "get", "manifest", releaseName];
  const manifest = await capture(fileOf(machine, "helm"), helm, { env });
  if (manifest.code !== 0) {
    throw new UserError(
      `\`helm get manifest ${releaseName}\` failed: ${lastWords(manifest)}`,
      "`npm run up` installs the release where it is gone.",
    );
  }
  const kubectl = ["--context", settings.context, ...place, "diff", "--filename", "-"];
  const result = await capture(fileOf(machine, "kubectl"), kubectl, {
    env,
    input: manifest.stdout,
  });
  // kubectl diff: 0 no difference, 1 some, more where it failed.
  if (result.code !== 0 && result.code !== 1) {
    throw new UserError(
      `\`kubectl diff\` failed: ${lastWords(result)}`,
      "`npm run doctor` looks at everything that this depends on.",
    );
  }
  for (const line of result.stdout.trimEnd().split("\n")) if (line !== "") progress.say(line);
  return result.code === 1;
}
