import { existsSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { messageOf, UserError } from "../../lib/errors";
import { writeWhole } from "../../lib/files/write-whole";
import { parseArguments } from "../arguments";
import { compare } from "../preview/compare";
import { inMarkdown } from "../preview/markdown";
import { createPlan, type Plan, PLAN_FORMAT } from "../preview/plan";
import { inText } from "../preview/text";
import { requireStackFile } from "../stack/stack-config";
import type { Command } from "./command";

/** Exit code where something would change, and nothing was expected to. */
const WOULD_CHANGE = 2;

const options = {
  base: { type: "string" },
  json: { type: "string" },
  markdown: { type: "string" },
  "expect-no-changes": { type: "boolean" },
} as const;

/** `npm run preview:ci`: plans the resources of a stack without a cluster, Pulumi or secrets. */
export const previewCi: Command = {
  summary: "plan the stack's resources without a cluster, docker daemon or secrets, for CI",
  help: `npm run preview:ci [-- [--stack <stack>] [--base <plan.json>] [--json <file>] [--markdown <file>]
                    [--expect-no-changes]]

Runs the stack's program with placeholders for secrets, and needs nothing but Node.js: no cluster, no docker
daemon, no Pulumi, no state. The same sources give the same plan everywhere. Policies are checked; those for
the chart's objects need helm on PATH, and a line says where they were left out.

  --base <plan.json>     compare with the plan of another version, which --json wrote; without it, every
                         resource is new
  --json <file>          write the plan
  --markdown <file>      write the changes as a summary for a pull request
  --expect-no-changes    exit with 2 where something changes

Exit codes: 0; 1 where settings are invalid or policies violated (with violated policies, the files of --json
and --markdown are still written); 2 as above.`,
  async run({ root, argv, progress }) {
    const { stack, rest } = parseArguments(argv);
    const flags = flagsOf(rest);
    requireStackFile(root, stack);
    const base = flags.base === undefined ? undefined : readPlan(flags.base);
    const plan = await createPlan(root, stack);
    const changes = compare(base, plan);
    for (const line of inText(plan, changes)) progress.say(line);
    if (flags.json !== undefined) writeWhole(flags.json, `${JSON.stringify(plan, null, 2)}\n`);
    if (flags.markdown !== undefined) writeWhole(flags.markdown, inMarkdown(plan, changes));
    if (plan.violations.length > 0) return 1;
    return flags["expect-no-changes"] === true && changes.length > 0 ? WOULD_CHANGE : 0;
  },
};

function flagsOf(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new UserError(messageOf(error), "`npm run preview:ci -- --help` lists its arguments.");
  }
}

/** Reads a plan that `--json` wrote. */
function readPlan(file: string): Plan {
  const hint = "Write it at the other version: `npm run preview:ci -- --json <file>`.";
  if (!existsSync(file)) throw new UserError(`There is no ${file} to compare with.`, hint);
  try {
    const plan = JSON.parse(readFileSync(file, "utf8")) as Partial<Plan>;
    if (plan.format === PLAN_FORMAT) return plan as Plan;
    throw new Error(`its format is ${String(plan.format)}, not ${PLAN_FORMAT}`);
  } catch (error) {
    throw new UserError(`${file} is not a plan: ${messageOf(error)}`, hint);
  }
}
