import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { UserError } from "../../lib/errors";
import { isObject } from "../../lib/pulumi/values";

/** Pulumi.yaml and Pulumi.<stack>.yaml, as far as they matter here. */
interface ConfigFile {
  name?: string;
  config?: Record<string, unknown>;
}

/** A stack's configuration as the program will get it, read without Pulumi. */
export interface StackConfig {
  project: string;
  /** By key, without the project's prefix: strings as they are, everything else as JSON. */
  values: Record<string, string>;
  /** Keys that are encrypted. Their values here only stand for them. */
  secret: string[];
}

/**
 * What stands for an encrypted value. It has the form of a PostgreSQL URL, the one form that the
 * settings ask of a secret.
 */
export const concealed = "postgresql://concealed@concealed/concealed";

/**
 * Reads a stack's configuration from its two files. Not by `pulumi config`: that needs the CLI and the
 * passphrase, and both may still have to be made when the settings are first needed.
 */
export function readStackConfig(root: string, stack: string): StackConfig {
  const project = readYaml(join(root, "Pulumi.yaml"));
  if (project === undefined) {
    throw new UserError(`There is no Pulumi.yaml in ${root}.`, "Take it back from git.");
  }
  const name = project.name ?? "";
  const own = readYaml(join(root, `Pulumi.${stack}.yaml`));
  const config: StackConfig = { project: name, values: {}, secret: [] };
  const declared = Object.entries(project.config ?? {}).map(
    ([key, declaration]) => [key, declaredValue(declaration)] as const,
  );
  for (const [key, value] of [...declared, ...Object.entries(own?.config ?? {})]) {
    const bare = ownKey(key, name);
    if (bare === undefined || value === undefined || value === null) continue;
    const plain = conceal(value);
    config.secret = config.secret.filter((secret) => secret !== bare);
    if (plain.concealed) config.secret.push(bare);
    config.values[bare] = asPassedOn(plain.value);
  }
  return config;
}

/** The file of a stack's configuration, whether it is there or not. */
export function stackFile(root: string, stack: string): string {
  return join(root, `Pulumi.${stack}.yaml`);
}

function readYaml(file: string): ConfigFile | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return (parse(readFileSync(file, "utf8")) ?? {}) as ConfigFile;
  } catch (error) {
    throw new UserError(
      `${file} is no YAML: ${error instanceof Error ? error.message : String(error)}`,
      "Mend the line that it names.",
    );
  }
}

/** The key without this project's prefix; undefined for another namespace, such as a provider's. */
function ownKey(key: string, project: string): string | undefined {
  const colon = key.indexOf(":");
  if (colon < 0) return key;
  return key.slice(0, colon) === project ? key.slice(colon + 1) : undefined;
}

/** What Pulumi.yaml gives a key: its declaration's default or value, or a plain value. */
function declaredValue(declaration: unknown): unknown {
  if (!isObject(declaration)) return declaration;
  return declaration.value ?? declaration.default;
}

/** The value with every `secure:` in it replaced. */
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
    return { value: concealed, concealed: true };
  }
  const parts = Object.entries(value).map(([key, part]) => [key, conceal(part)] as const);
  return {
    value: Object.fromEntries(parts.map(([key, part]) => [key, part.value])),
    concealed: parts.some(([, part]) => part.concealed),
  };
}

/** A value as Pulumi hands it to the program: a string as it is, everything else as JSON. */
export function asPassedOn(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
