import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { messageOf, UserError } from "../../lib/errors";
import { isObject } from "../../lib/pulumi/values";

/** The parts of Pulumi.yaml and Pulumi.<stack>.yaml that are read here. */
interface ConfigFile {
  name?: string;
  config?: Record<string, unknown>;
}

/** A stack's configuration in the form in which Pulumi passes it to the program. */
export interface StackConfig {
  project: string;
  /** Values by key, without the project's prefix: strings as they are, everything else as JSON. */
  values: Record<string, string>;
  /** Keys that are encrypted: their value here is a placeholder. */
  secret: string[];
}

/**
 * The placeholder for an encrypted value. It has the form of a PostgreSQL URL, the only form that the
 * settings require of a secret.
 */
export const CONCEALED = "postgresql://concealed@concealed/concealed";

/**
 * Reads a stack's configuration from its two files. `pulumi config` would need the CLI and the passphrase,
 * and neither may exist when the settings are first needed.
 *
 * @throws UserError where Pulumi.yaml is missing, or one of the files is not valid YAML.
 */
export function readStackConfig(root: string, stack: string): StackConfig {
  const project = readYaml(join(root, "Pulumi.yaml"));
  if (project === undefined) {
    throw new UserError(`There is no Pulumi.yaml in ${root}.`, "Restore it from git.");
  }
  const name = project.name ?? "";
  const ofStack = readYaml(stackFile(root, stack));
  const config: StackConfig = { project: name, values: {}, secret: [] };
  const declared = Object.entries(project.config ?? {}).map(
    ([key, declaration]) => [key, declaredValue(declaration)] as const,
  );
  for (const [key, value] of [...declared, ...Object.entries(ofStack?.config ?? {})]) {
    const bare = bareKey(key, name);
    if (bare === undefined || value === undefined || value === null) continue;
    const plain = conceal(value);
    config.secret = config.secret.filter((secret) => secret !== bare);
    if (plain.concealed) config.secret.push(bare);
    config.values[bare] = asPassedOn(plain.value);
  }
  return config;
}

/** The path of a stack's configuration file, which may not exist. */
export function stackFile(root: string, stack: string): string {
  return join(root, `Pulumi.${stack}.yaml`);
}

function readYaml(file: string): ConfigFile | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return (parse(readFileSync(file, "utf8")) ?? {}) as ConfigFile;
  } catch (error) {
    throw new UserError(`${file} is no YAML: ${messageOf(error)}`, "Fix the line that it names.", {
      cause: error,
    });
  }
}

/** Returns the key without this project's prefix; undefined for another namespace, such as a provider's. */
function bareKey(key: string, project: string): string | undefined {
  const colon = key.indexOf(":");
  if (colon < 0) return key;
  return key.slice(0, colon) === project ? key.slice(colon + 1) : undefined;
}

/** Returns the value that Pulumi.yaml gives a key: by a declaration with a value or default, or plain. */
function declaredValue(declaration: unknown): unknown {
  if (!isObject(declaration)) return declaration;
  return declaration.value ?? declaration.default;
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
