import { existsSync } from "node:fs";
import { stringify } from "yaml";
import { UserError } from "../../lib/errors";
import { writeWhole } from "../../lib/files/write-whole";
import { lastLines } from "../../lib/process/run";
import { parseArguments } from "../arguments";
import { detectTools } from "../environment/detect/detect-tools";
import { toolFile } from "../environment/environment";
import {
  configOf,
  plainQuestions,
  type Question,
  secretOf,
  secretQuestions,
} from "../stack/new-stack-questions";
import { Prompt } from "../stack/prompt";
import { runPulumi } from "../stack/run-pulumi";
import { prepareBackend } from "../stack/select-stack";
import { asPassedOn, readStackConfig, stackFile } from "../stack/stack-config";
import { settingsFileName } from "../stack/stack-name";
import { settingsOf } from "../stack/stack-settings";
import type { Command } from "./command";

/** `npm run stack:new`: creates a stack with its configuration and encrypted secrets. */
export const stackNew: Command = {
  summary: "create a stack: asks for what it needs, encrypts its secrets, writes its file",
  help: `npm run stack:new -- <name>

Asks for what a stack needs, each with its default, checks the answers, writes Pulumi.<name>.yaml, and keeps the
secrets in it encrypted. Secrets aren't shown as you type them. The answers may also come from a pipe, one per line.

  npm run stack:new -- staging
  npm run up -- --stack staging`,
  async run({ root, argv, progress }) {
    const [name, ...further] = parseArguments(argv).rest;
    if (name === undefined || further.length > 0 || !/^[a-z][a-z0-9-]{0,39}$/.test(name)) {
      throw new UserError(
        `stack:new takes one name of lowercase letters, digits and '-', found "${argv.join(" ")}".`,
        "npm run stack:new -- staging",
      );
    }
    const file = stackFile(root, name);
    if (existsSync(file)) {
      throw new UserError(
        `There is a ${settingsFileName(name)} already.`,
        "Choose another name, or edit that file.",
      );
    }
    const environment = await detectTools(root);
    // Before the questions: without pulumi the answers would be lost.
    toolFile(environment, "pulumi");
    const prompt = new Prompt();
    const { config, secrets } = await askAll(prompt, name).finally(() => {
      prompt.close();
    });
    const project = checkedProject(root, name, { ...config, ...secrets }, Object.keys(secrets));

    prepareBackend(environment, progress);
    const pulumi = async (args: readonly string[], input?: string) => {
      const result = await runPulumi(environment, args, input);
      if (result.code === 0) return;
      throw new UserError(
        `\`pulumi ${args.join(" ")}\` failed: ${lastLines(result)}`,
        `\`npm run doctor\` says what is wrong with the tools; ${settingsFileName(name)} may be incomplete: remove it and start again.`,
      );
    };
    const prefixed = Object.entries(config).map(([key, value]) => [`${project}:${key}`, value]);
    writeWhole(file, stringify({ config: Object.fromEntries(prefixed) as object }));
    await pulumi(["stack", "select", "--create", name]);
    for (const [key, value] of Object.entries(secrets)) {
      // By standard input: every user of the machine can see the arguments.
      await pulumi(["config", "set", "--secret", key, "--stack", name], value);
    }
    progress.say(`${settingsFileName(name)} is written. Deploy it: npm run up -- --stack ${name}`);
    return 0;
  },
};

async function askAll(
  prompt: Prompt,
  name: string,
): Promise<{ config: Record<string, unknown>; secrets: Record<string, string> }> {
  const ask = ({ text, fallback, secret }: Question) =>
    prompt.ask(`${text}${fallback === undefined ? "" : ` [${fallback}]`}: `, secret);
  const answers: Record<string, string> = {};
  for (const question of plainQuestions(name)) {
    answers[question.key] = (await ask(question)) || (question.fallback ?? "");
  }
  const secrets: Record<string, string> = {};
  for (const question of secretQuestions(answers.environment ?? "")) {
    const value = secretOf(question, await ask(question));
    if (value !== undefined) secrets[question.key] = value;
  }
  return { config: configOf(answers), secrets };
}

/**
 * Checks the answers as the program does, before anything is written.
 *
 * @returns the project's name.
 * @throws UserError that lists every invalid answer.
 */
function checkedProject(
  root: string,
  stack: string,
  answers: Readonly<Record<string, unknown>>,
  secret: string[],
): string {
  const stored = readStackConfig(root, stack);
  const { project, values } = stored;
  const given = Object.entries(answers).map(([key, value]) => [key, asPassedOn(value)]);
  const config = { ...values, ...(Object.fromEntries(given) as Record<string, string>) };
  const again = "Start again with other answers; nothing has been written.";
  settingsOf({ ...stored, values: config, secret }, stack, again);
  return project;
}
