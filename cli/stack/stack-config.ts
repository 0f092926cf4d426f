import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { UserError } from "../../lib/errors";
import { isObject } from "../../lib/pulumi/values";
import { splitKey } from "../../settings";
import { readProject, readYaml } from "./project-file";
import { checkReference, settingsFileName, stackName } from "./stack-name";

/** A stack's configuration in the form in which Pulumi passes it to the program. */
export interface StackConfig {
  project: string;
  /** Values by key, without the project's prefix: strings as they are, everything else as JSON. */
  values: Record<string, string>;
  /** Keys that are encrypted: their value here is a placeholder. */
  secret: string[];
  /** Full keys with another prefix than the project's. */
  foreign: string[];
  /** Whether the stack's file imports ESC environments, whose values only Pulumi can read. */
  hasEnvironments: boolean;
}

/**
 * The placeholder for an encrypted value. It has the form of a PostgreSQL URL, the only form that the
 * settings require of a secret.
 */
export const CONCEALED = "postgresql://concealed@concealed/concealed";

/**
 * Reads a stack's configuration from its two files, as Pulumi does. Where Pulumi isn't installed yet, and in
 * `preview:ci`, there is no other way.
 *
 * @param file the file in the place of the stack's own: the value of `--config-file`.
 * @throws UserError where Pulumi.yaml is missing, or one of the files is not valid YAML.
 */
export function readStackConfig(root: string, stack: string, file?: string): StackConfig {
  const project = readProject(root);
  const ofStack = readYaml(file === undefined ? stackFile(root, stack) : resolve(root, file)) ?? {};
  const config = emptyConfig(project.name);
  config.hasEnvironments = importsEnvironments(ofStack.environment);
  const declared = Object.entries(project.config).map(
    ([key, declaration]) => [key, declaredValue(declaration)] as const,
  );
  const own = isObject(ofStack.config) ? ofStack.config : {};
  for (const [key, value] of [...declared, ...Object.entries(own)]) {
    const { prefix = project.name, name } = splitKey(key);
    if (value === undefined || value === null) continue;
    if (prefix !== project.name) {
      if (!config.foreign.includes(key)) config.foreign.push(key);
      continue;
    }
    const plain = conceal(value);
    config.secret = config.secret.filter((secret) => secret !== name);
    if (plain.concealed) config.secret.push(name);
    config.values[name] = asPassedOn(plain.value);
  }
  return config;
}

/** Returns a configuration without values. */
export function emptyConfig(project: string): StackConfig {
  return { project, values: {}, secret: [], foreign: [], hasEnvironments: false };
}

/** The path of a stack's configuration file, which may not exist. */
export function stackFile(root: string, stack: string): string {
  return join(root, readProject(root).stackConfigDir, settingsFileName(stack));
}

/**
 * Refuses a stack without a configuration file: Pulumi would take the defaults, which are those of
 * development.
 *
 * @throws UserError that names the stacks which have one.
 */
export function requireStackFile(root: string, stack: string): void {
  checkReference(stack, readProject(root).name);
  const file = stackFile(root, stack);
  const folder = dirname(file);
  // File systems that ignore case would find the file, and Pulumi would keep a second state by the name.
  const files = existsSync(folder) ? readdirSync(folder) : [];
  if (files.includes(basename(file))) return;
  const names = files.flatMap((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1] ?? []);
  const name = stackName(stack);
  const sameButCase = names.find((other) => other.toLowerCase() === name.toLowerCase());
  throw new UserError(
    `There is no ${basename(file)}, the settings of stack ${name}.`,
    sameButCase === undefined
      ? `Name a stack that has one (${names.sort().join(", ")}), restore the file, or create the stack: npm run stack:new -- ${name}`
      : `The stack is spelt ${sameButCase}: --stack ${stack.slice(0, -name.length)}${sameButCase}`,
  );
}

function importsEnvironments(environment: unknown): boolean {
  if (Array.isArray(environment)) return environment.length > 0;
  return isObject(environment) && Object.keys(environment).length > 0;
}

/** Returns the value that Pulumi.yaml gives a key: by a declaration with a value or default, or plain. */
function declaredValue(declaration: unknown): unknown {
  if (!isObject(declaration)) return declaration;
  return declaration.value ?? declaration.default;
}

/** Returns whether a value has an encrypted one, `secure:`, in any depth. */
export function hasSecret(value: unknown): boolean {
  return conceal(value).concealed;
}

/** Replaces every `secure:` in a value by the placeholder. */
function conceal(value: unknown): { value: unknown; concealed: boolean } {
  if (Array.isArray(value)) {
    const parts = value.map(conceal);
    return {
      value: parts.map((part) => part.value),
      concealed: parts.some((part) => part.concealed),
    };
  }
  if (!isObject(value)) return { value, concealed: false };
  if (typeof value.secure === "string" && Object.keys(value).length === 1) {
    return { value: CONCEALED, concealed: true };
  }
  const parts = Object.entries(value).map(([key, part]) => [key, conceal(part)] as const);
  return {
    value: Object.fromEntries(parts.map(([key, part]) => [key, part.value])),
    concealed: parts.some(([, part]) => part.concealed),
  };
}

/** Formats a value as Pulumi passes it to the program: a string as it is, everything else as JSON. */
export function asPassedOn(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
